import { bundleForBrowser, type Chromium, type Site, startChromium } from '@snetkit/chromium';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packProtoArchive } from '../../src/archives/pack-proto-archive.ts';
import { computeCid } from '../../src/content/compute-cid.ts';
import { encodeFile } from '../../src/content/encode-file.ts';
import { serviceText } from '../documents.ts';
import { serveContent } from '../serve-content.ts';
import { type Answer, startServer } from '../start-server.ts';
import type * as inPage from './page.ts';

let chromium: Chromium;
let files: Awaited<ReturnType<typeof bundleForBrowser>>['files'];

beforeAll(async () => {
  const bundle = await bundleForBrowser({
    code: `export * from ${JSON.stringify(`${import.meta.dirname}/page.ts`)};`,
    directory: import.meta.dirname,
    name: 'page',
    conditions: ['@snetkit/source'],
  });
  expect(bundle.modules.filter((file) => /\/src\/node\//.test(file))).toEqual([]);
  files = bundle.files;
  chromium = await startChromium();
});

afterAll(() => chromium?.stop());

const document = new TextEncoder().encode(serviceText());
const { cid, blocks } = await encodeFile(document);

/** As nodes and gateways do, for pages of every origin. */
const withCors =
  (answer: Answer): Answer =>
  (response, request) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-private-network', 'true');
    return answer(response, request);
  };

async function openPage(...servers: readonly { url: string }[]) {
  const site: Site = await chromium.openSite({
    files,
    allowedOrigins: servers.map(({ url }) => url),
  });
  const page = await site.openPage();
  return {
    call: <Name extends keyof typeof inPage>(
      name: Name,
      ...args: Parameters<(typeof inPage)[Name]>
    ) => page.call<Awaited<ReturnType<(typeof inPage)[Name]>>>('/page.js', name, ...args),
    foreignRequests: page.foreignRequests,
    [Symbol.asyncDispose]: () => site.close(),
  };
}

test('default: a gateway delivers what a node lies about', async () => {
  await using liar = await startServer(withCors((response) => response.end('other')));
  await using gateway = await startServer(withCors(serveContent(blocks)));
  await using page = await openPage(liar, gateway);
  expect(await page.call('resolve', liar.url, gateway.url, `ipfs://${cid}`)).toEqual([
    'Example service',
    `ipfs://${cid} -> ${gateway.url} (verified by its CID; ${liar.url} refused: CONTENT_MISMATCH)`,
  ]);
});

test('behavior: a whole file is checked by encoding it again', async () => {
  const { cid: cidV1 } = await encodeFile(document, { cidVersion: 1 });
  const answer = (bytes: Uint8Array) => startServer(withCors((response) => response.end(bytes)));
  await using honest = await answer(document);
  await using liar = await answer(document.subarray(1));
  await using page = await openPage(honest, liar);
  for (const name of [cid, cidV1]) {
    expect(await page.call('read', honest.url, 'files', name)).toEqual([String(document.length)]);
    const [code, message] = await page.call('read', liar.url, 'files', name);
    expect(code).toBe('CONTENT_MISMATCH');
    expect(message).toContain(`Content of ${name} from ${liar.url} does not match its CID.`);
  }
});

test('error: a redirect, an answer without end, silence', async () => {
  await using elsewhere = await startServer(withCors(serveContent(blocks)));
  await using redirect = await startServer(
    withCors((response) => response.writeHead(302, { location: elsewhere.url }).end()),
  );
  await using endless = await startServer(
    withCors((response) => {
      const chunk = new Uint8Array(65_536);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', more);
      more();
    }),
  );
  await using silent = await startServer(() => {});
  await using page = await openPage(elsewhere, redirect, endless, silent);
  const read = (url: string) => page.call('read', url, 'blocks', cid);
  const [code, message] = await read(redirect.url);
  expect(code).toBe('CONTENT_UNAVAILABLE');
  expect(message).toContain('Found: a redirect, which is not followed');
  expect(elsewhere.requests).toEqual([]);
  expect((await read(endless.url))[0]).toBe('CONTENT_TOO_LARGE');
  expect((await read(silent.url))[0]).toBe('TIMED_OUT');
});

test('behavior: what a page publishes has the CID that it has everywhere', async () => {
  const protos = new Map([['a.proto', 'syntax = "proto3";']]);
  const known = await computeCid(await packProtoArchive(protos));
  const sent: string[] = [];
  await using kubo = await startServer(
    withCors(async (response, request) => {
      for await (const part of request) sent.push(String(part));
      response.end(`${JSON.stringify({ Name: 'x', Hash: known, Size: '1' })}\n`);
    }),
  );
  await using page = await openPage(kubo);
  expect(await page.call('publish', kubo.url, 'a.proto', 'syntax = "proto3";')).toBe(
    `ipfs://${known}`,
  );
  expect(kubo.requests).toEqual([expect.stringMatching(/^POST \/api\/v0\/add\?pin=true/)]);
  expect(sent.join('')).toContain('filename="proto_files.tar.gz"');
  expect(page.foreignRequests).toEqual([]);
});
