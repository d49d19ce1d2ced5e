import { expect, test } from 'vitest';
import { serveContent } from '../../test/serve-content.ts';
import { startServer } from '../../test/start-server.ts';
import { encodeDirectory, encodeFile } from '../content/encode-file.ts';
import { readContent } from '../content/read-content.ts';
import { lighthouseSource } from './lighthouse-source.ts';

const content = new TextEncoder().encode('{"version": 1}');

test('default: the whole file, as official clients read it', async () => {
  const { cid } = await encodeFile(content, { cidVersion: 1 });
  await using gateway = await startServer(serveContent(new Map(), new Map([[cid, content]])));
  const source = lighthouseSource({ endpoint: `${gateway.url}/ipfs/` });
  expect(await readContent(source, `filecoin://${cid}`)).toEqual(content);
  expect(gateway.requests).toEqual([`GET /ipfs/${cid}`]);
});

test('behavior: where whole files cannot be checked, blocks are read', async () => {
  const { cid, blocks } = await encodeDirectory(new Map([['a.json', content]]));
  await using gateway = await startServer(serveContent(blocks));
  const source = lighthouseSource({ endpoint: gateway.url });
  expect(await readContent(source, `filecoin://${cid}/a.json`)).toEqual(content);
  expect(gateway.requests[0]).toBe(`GET /ipfs/${cid}?format=raw`);
});

test('args: endpoint', () => {
  expect(lighthouseSource().name).toBe('https://gateway.lighthouse.storage');
});
