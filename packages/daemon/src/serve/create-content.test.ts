import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeFile, getContentSource, readContent } from '@snetkit/metadata';
import { afterEach, expect, test } from 'vitest';
import { createContent } from './create-content.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('default: IPFS from the node, Filecoin from the gateway of Lighthouse', async () => {
  const bytes = new TextEncoder().encode('{"version": 1}');
  const { cid, blocks } = await encodeFile(bytes);
  const asked: (string | undefined)[] = [];
  const node = await listen((request, response) => {
    asked.push(request.url);
    response.end(blocks.get(cid));
  });
  const gateway = await listen((request, response) => {
    asked.push(request.url);
    response.end(bytes);
  });
  const content = createContent({
    ipfs_endpoint: node,
    ipfs_timeout: 30,
    lighthouse_endpoint: `${gateway}/ipfs/`,
  });
  for (const scheme of ['ipfs', 'filecoin'] as const) {
    const source = getContentSource(content, scheme);
    expect(await readContent(source, `${scheme}://${cid}`)).toEqual(bytes);
  }
  expect(asked).toEqual([`/api/v0/block/get?arg=${cid}`, `/ipfs/${cid}`]);
});
