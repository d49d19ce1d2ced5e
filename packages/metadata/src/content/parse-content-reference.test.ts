import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { vectors } from '../../test/vectors.ts';
import { parseContentReference } from './parse-content-reference.ts';

const { asset_value, file } = vectors.cids.asset_wrapped_in_directory;

test.each(vectors.registry_encoding.metadata_uri)('vector: $uri', ({ uri, decoded, storage }) => {
  expect(parseContentReference(uri)).toEqual({ scheme: storage, cid: decoded, path: [] });
  expect(parseContentReference(decoded)).toEqual({ scheme: 'ipfs', cid: decoded, path: [] });
});

test('vector: an asset below its directory', () => {
  const [cid] = asset_value.split('/');
  expect(parseContentReference(asset_value)).toEqual({ scheme: 'ipfs', cid, path: [file] });
});

test.each([
  'ipns://Qm',
  'ipfs:/Qm',
  'IPFS://Qm',
  'ipfs://Qm/',
  'ipfs://Qm//a',
  'Qm a',
  'file:///x',
])('error: %s', async (text) => {
  const error = await catchError(() => parseContentReference(text, { place: 'here' }));
  expect(error.message).toBe(`This does not name content.
Place: here
Expected: ipfs://<cid>, filecoin://<cid> or <cid>, and perhaps a path
Found: "${text}"`);
});
