import { expect, test } from 'vitest';
import { daemonVectors, sdkVectors } from '../../test/vectors.ts';
import { hexToBytes } from '../bytes/hex.ts';
import { cleanMetadataUri, decodeMetadataUri, encodeMetadataUri } from './metadata-uri.ts';

test.each(sdkVectors.registry_encoding.metadata_uri.map((one) => [one.uri, one] as const))(
  'default: %s',
  (uri, { cli_bytes, js_web_bytes }) => {
    expect(encodeMetadataUri(uri)).toBe(cli_bytes);
    expect(decodeMetadataUri(cli_bytes)).toBe(uri);
    expect(decodeMetadataUri(hexToBytes(js_web_bytes))).toBe(uri);
  },
);

test.each(daemonVectors.metadataUriCleanup.map(({ input, output }) => [input, output] as const))(
  'behavior: cleans %j as the official daemon does',
  (input, output) => {
    expect(cleanMetadataUri(input)).toBe(output);
  },
);

test('error: not a storage URI', () => {
  expect(() => encodeMetadataUri('Qm')).toThrow('This is not a storage URI.');
});

test('error: not text', () => {
  expect(() => decodeMetadataUri('0xff00')).toThrow('The bytes are not UTF-8 text.');
});
