import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { serviceText } from '../../test/documents.ts';
import { getApiSource } from './get-api-source.ts';
import { parseServiceMetadata } from './parse-service-metadata.ts';

const cid = 'QmT78zSuBmuS4z925WZfrqQ1qHaJ56DQaTfyMUF7F8ff5o';

function source(serviceApiSource: string, modelIpfsHash: string) {
  const json = serviceText(
    { path: '/service_api_source', value: serviceApiSource },
    { path: '/model_ipfs_hash', value: modelIpfsHash },
  );
  return getApiSource(parseServiceMetadata(json, { place: 'S' }));
}

test('default: service_api_source wins', () => {
  expect(source(`filecoin://${cid}`, 'QmOther')).toEqual({
    scheme: 'filecoin',
    cid,
    path: [],
    uri: `filecoin://${cid}`,
    place: 'S, /service_api_source',
  });
});

test('behavior: a bare CID is on IPFS, in either field', () => {
  expect(source(cid, '')).toMatchObject({ scheme: 'ipfs', cid, uri: cid });
  expect(source('', cid)).toMatchObject({ scheme: 'ipfs', cid, place: 'S, /model_ipfs_hash' });
});

test('error: neither', async () => {
  const error = await catchError(() => source('', ''));
  expect(error.code).toBe('API_SOURCE_MISSING');
  expect(error.message).toBe(`The service metadata names no proto archive.
Place: S, /service_api_source
Expected: the storage URI of an archive of .proto files
Found: nothing
Fix: The provider has to publish the protos and name them in the document.`);
});

test('error: another scheme', async () => {
  const error = await catchError(() => source('https://example.org/protos.tar', ''));
  expect(error.message).toBe(`This does not name content.
Place: S, /service_api_source
Expected: ipfs://<cid>, filecoin://<cid> or <cid>, and perhaps a path
Found: "https://example.org/protos.tar"`);
});
