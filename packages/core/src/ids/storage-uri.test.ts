import { expect, test } from 'vitest';
import { sdkVectors } from '../../test/vectors.ts';
import { formatStorageUri, parseStorageUri } from './storage-uri.ts';

test.each(sdkVectors.registry_encoding.metadata_uri.map((one) => [one.uri, one] as const))(
  'default: %s',
  (uri, { decoded, storage }) => {
    expect(parseStorageUri(uri)).toEqual({ scheme: storage, cid: decoded });
    expect(formatStorageUri({ scheme: storage, cid: decoded })).toBe(uri);
  },
);

test('error: another scheme', () => {
  const place = 'Registry.getServiceRegistrationById';
  expect(() =>
    parseStorageUri('https://example.org/x', { place }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: This is not a storage URI.
    Place: Registry.getServiceRegistrationById
    Expected: ipfs://<cid> or filecoin://<cid>
    Found: "https://example.org/x"]
  `);
});

test.each([
  '',
  'ipfs://',
  'ipfs:/Qm',
  'IPFS://Qm',
  'QmaGnQ3iVZ',
  'ipfs://Qm/a',
  'ipfs://Qm\0',
  ' ipfs://Qm',
])('error: %j', (text) => {
  expect(() => parseStorageUri(text)).toThrow('This is not a storage URI.');
});

test('error: a CID that could not be read back', () => {
  expect(() => formatStorageUri({ scheme: 'ipfs', cid: '' })).toThrow('This is not a storage URI.');
});
