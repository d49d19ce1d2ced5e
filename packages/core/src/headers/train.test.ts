import { expect, test } from 'vitest';
import { getFrom, wireHeaders } from '../../test/headers.ts';
import { daemonVectors, sdkVectors } from '../../test/vectors.ts';
import { hexToBytes } from '../bytes/hex.ts';
import { encodeTrainHeaders, parseTrainHeaders } from './train.ts';

const vector = sdkVectors.request_headers['train-call'];
const signature = hexToBytes((vector['snet-payment-channel-signature-bin'] as { hex: string }).hex);
const payment = { channelId: 42n, nonce: 3n, amount: 12345n, modelId: 'model-1', signature };

test('default', () => {
  const entries = encodeTrainHeaders(payment);
  expect(entries.map(([name]) => name).sort()).toEqual(Object.keys(vector).sort());
  for (const [name, value] of entries) {
    expect(value).toEqual(typeof value === 'string' ? vector[name] : signature);
  }
  expect(parseTrainHeaders(getFrom(entries))).toEqual(payment);
});

test('behavior: the example on the wire', () => {
  const headers = wireHeaders(daemonVectors.metadataExamples.train);
  expect(parseTrainHeaders(getFrom(headers))).toMatchObject({ modelId: 'test_1', amount: 12345n });
});

test('behavior: a missing model is left to whoever looks for the price', () => {
  const get = getFrom(
    encodeTrainHeaders(payment).filter(([name]) => name !== 'snet-train-model-id'),
  );
  expect(parseTrainHeaders(get).modelId).toBe(undefined);
});

test('args: mpe', () => {
  const mpe = '0xdF8d4826E016aFA8803d94A716FEB70aD5D2B8Ac';
  expect(encodeTrainHeaders({ ...payment, mpe })).toContainEqual(['snet-payment-mpe-address', mpe]);
});
