import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { vectors } from '../../test/vectors.ts';
import { parseMetadataReference } from './parse-metadata-reference.ts';

const cid = 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o';
const hash = `sha256:${'0a'.repeat(32)}`;

test.each([
  ['./service.json', './service.json'],
  ['service.json', 'service.json'],
  ['../a/b', '../a/b'],
  ['/etc/service', '/etc/service'],
  ['dir/x.JSON', 'dir/x.JSON'],
  ['C:\\docs\\service', 'C:\\docs\\service'],
  ['file:///a/b.json', 'file:///a/b.json'],
  ['./a#b.json', './a#b.json'],
])('default: the file %s', (text, file) => {
  expect(parseMetadataReference(text)).toEqual({ way: 'file', file, pin: undefined });
});

test.each([cid, hash])('default: a file with the pin %s', (pin) => {
  expect(parseMetadataReference(`a.json#${pin}`)).toEqual({ way: 'file', file: 'a.json', pin });
});

test.each([
  `ipfs://${cid}`,
  `filecoin://${cid}`,
  cid,
  `${cid}/service.json/x`,
  'ipns://name',
  ...vectors.cids.cid_conversions.map((one) => one.as_v1_base32),
])('default: the URI %s', (uri) => {
  expect(parseMetadataReference(uri)).toEqual({ way: 'uri', uri });
});

test('default: a URL, with the pin that it needs', () => {
  const uri = 'https://example.org/service.json?key=1';
  expect(parseMetadataReference(`${uri}#${hash}`)).toEqual({ way: 'uri', uri, pin: hash });
  expect(parseMetadataReference(uri)).toEqual({ way: 'uri', uri, pin: undefined });
});

test('default: names of the registry', () => {
  expect(parseMetadataReference('snet')).toEqual({ way: 'registry', organizationId: 'snet' });
  expect(parseMetadataReference('snet/example-service')).toEqual({
    way: 'registry',
    organizationId: 'snet',
    serviceId: 'example-service',
  });
});

test('error: a URL with a fragment that is no pin', async () => {
  const error = await catchError(() => parseMetadataReference('https://example.org/#top'));
  expect(error.code).toBe('PIN_INVALID');
  expect(error.message).toBe(`This is not a hash to compare content with.
Expected: a CID, or sha256: and 64 hexadecimal digits
Found: "top"`);
});

test.each(['', 'a/b/c', 'snet/', 'x'.repeat(33)])('error: %j', async (text) => {
  const error = await catchError(() => parseMetadataReference(text));
  expect(error.code).toBe('METADATA_REFERENCE_INVALID');
});
