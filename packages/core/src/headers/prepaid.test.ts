import { expect, test } from 'vitest';
import { getFrom } from '../../test/headers.ts';
import { daemonVectors, sdkVectors } from '../../test/vectors.ts';
import { utf8ToBytes } from '../bytes/utf8.ts';
import { encodePrepaidHeaders, parsePrepaidHeaders } from './prepaid.ts';

const { metadataExamples } = daemonVectors;
const token = metadataExamples.prepaid['snet-prepaid-auth-token-bin (raw value is the JWT text)']!;

test('default', () => {
  const entries = encodePrepaidHeaders({ channelId: 1n, token });
  expect(entries).toEqual([
    ['snet-payment-type', 'prepaid-call'],
    ['snet-payment-channel-id', '1'],
    ['snet-prepaid-auth-token-bin', utf8ToBytes(token)],
  ]);
  expect(parsePrepaidHeaders(getFrom(entries))).toEqual({
    channelId: 1n,
    token: utf8ToBytes(token),
  });
});

test('args: nonce', () => {
  const vector = sdkVectors.request_headers['prepaid-call'];
  const { utf8 } = vector['snet-prepaid-auth-token-bin'] as { utf8: string };
  const entries = encodePrepaidHeaders({ channelId: 42n, nonce: 3n, token: utf8 });
  expect(entries.map(([name]) => name)).toEqual(Object.keys(vector));
  for (const [name, value] of entries) {
    expect(value).toEqual(typeof value === 'string' ? vector[name] : utf8ToBytes(utf8));
  }
});

test('error: the channel id is looked at before the token', () => {
  expect(() => parsePrepaidHeaders(getFrom({}))).toThrow('missing "snet-payment-channel-id"');
  const get = getFrom({ 'snet-payment-channel-id': ['1'] });
  expect(() => parsePrepaidHeaders(get)).toThrow('missing "snet-prepaid-auth-token-bin"');
});
