import { inspect } from 'node:util';
import { CID } from 'multiformats/cid';
import { sha256 } from 'multiformats/hashes/sha2';
import { describe, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { serveContent } from '../../test/serve-content.ts';
import { startServer } from '../../test/start-server.ts';
import { caseContent, vectors } from '../../test/vectors.ts';
import { encodeDirectory, encodeFile } from '../content/encode-file.ts';
import { readContent } from '../content/read-content.ts';
import { fileGatewaySource, gatewaySource } from './gateway-source.ts';

const content = new Uint8Array(600_000).fill(7);
const { cid, blocks } = await encodeFile(content);

describe('gatewaySource', () => {
  test('default', async () => {
    await using gateway = await startServer(serveContent(blocks));
    const source = gatewaySource({ endpoint: gateway.url });
    expect(source.name).toBe(gateway.url);
    expect(Buffer.compare(await readContent(source, cid), content)).toBe(0);
    expect(gateway.requests[0]).toBe(`GET /ipfs/${cid}?format=raw`);
  });

  test('args: endpoint that ends in /ipfs/, with a path, credentials and headers', async () => {
    const seen: unknown[] = [];
    await using gateway = await startServer((response, request) => {
      const { accept, authorization } = request.headers;
      seen.push(request.url, accept, authorization, request.headers['x-key']);
      response.end('x');
    });
    const endpoint = `${gateway.url.replace('//', '//u:p@')}/v1/ipfs/`;
    const source = gatewaySource({ endpoint, headers: { 'x-key': 'k' } });
    expect(source.name).toBe(gateway.url);
    await source.readBlock(cid, { maxBytes: 10 });
    const accept = 'application/vnd.ipld.raw';
    expect(seen).toEqual([`/v1/ipfs/${cid}?format=raw`, accept, `Basic ${btoa('u:p')}`, 'k']);
  });

  test('args: credentials of any text', async () => {
    const seen: unknown[] = [];
    await using gateway = await startServer((response, request) => {
      seen.push(request.headers.authorization);
      response.end('x');
    });
    const endpoint = gateway.url.replace('//', `//${encodeURIComponent('ü')}:${'%E2%82%AC%25'}@`);
    await gatewaySource({ endpoint }).readBlock(cid, { maxBytes: 10 });
    expect(seen).toEqual([`Basic ${Buffer.from('ü:€%').toString('base64')}`]);
  });

  test('error: a gateway that repeats the headers; keys in them are not shown', async () => {
    await using gateway = await startServer((response, request) =>
      response.writeHead(403).end(`${request.headers['x-key']} may not read`),
    );
    const source = gatewaySource({ endpoint: gateway.url, headers: { 'x-key': 'SECRET-12' } });
    const error = await catchError(() => readContent(source, cid));
    expect(error.found).toBe('403 [hidden] may not read');
    expect(inspect(error, { depth: 9 })).not.toContain('SECRET-12');
  });

  test('error: credentials that cannot be read, and are not shown', async () => {
    const endpoint = 'https://user:100%@gateway.example';
    const error = await catchError(() => gatewaySource({ endpoint }));
    expect(error.message).toBe(`User or password in the URL of the content source cannot be read.
Place: https://gateway.example
Expected: percent-encoded text: %25 for %`);
  });

  test('error: a gateway that knows no blocks and answers the file', async () => {
    await using gateway = await startServer((response) => response.end(content));
    const source = gatewaySource({ endpoint: gateway.url });
    const error = await catchError(() => readContent(source, cid));
    expect(error.code).toBe('CONTENT_MISMATCH');
  });

  test('error: no URL', async () => {
    const error = await catchError(() => gatewaySource({ endpoint: 'ipfs.io' }));
    expect(error.message).toBe(`The endpoint of the content source is no URL.
Expected: an http or https URL of an IPFS gateway, such as https://ipfs.io
Found: "ipfs.io"`);
  });

  test('error: the gateway does not have it', async () => {
    await using gateway = await startServer((response) => response.writeHead(404).end('not here'));
    const source = gatewaySource({ endpoint: gateway.url });
    const error = await catchError(() => readContent(source, cid));
    expect(error.message).toBe(`Block ${cid} is not to be had from ${gateway.url}.
Place: content ${cid} from ${gateway.url}
Found: 404 not here`);
  });
});

describe('fileGatewaySource', () => {
  // Every form that the usual tools give a file: CIDv0 and v1, leaves that are nodes or plain bytes.
  const forms = [
    {},
    { rawLeaves: true },
    { cidVersion: 1 },
    { cidVersion: 1, rawLeaves: false },
  ] as const;

  test.each(forms)('default: %j', async (form) => {
    for (const bytes of [content, content.subarray(0, 5), new Uint8Array()]) {
      const { cid } = await encodeFile(bytes, form);
      await using gateway = await startServer(serveContent(new Map(), new Map([[cid, bytes]])));
      const source = fileGatewaySource({ endpoint: gateway.url });
      expect(Buffer.compare(await readContent(source, cid), bytes)).toBe(0);
      expect(gateway.requests).toEqual([`GET /ipfs/${cid}`]);
    }
  });

  test.each(vectors.cids.cases)('vector: $label', async (vector) => {
    const bytes = caseContent(vector);
    await using gateway = await startServer((response) => response.end(bytes));
    const source = fileGatewaySource({ endpoint: gateway.url });
    for (const name of [vector.cid_v0_dag_pb, vector.cid_v1_raw_leaves]) {
      expect(Buffer.compare(await readContent(source, name), bytes)).toBe(0);
    }
  });

  test('behavior: a raw CID of a file larger than any block of the network', async () => {
    const large = new Uint8Array(3 * 1024 * 1024).fill(1);
    const name = CID.createV1(0x55, await sha256.digest(large)).toString();
    await using gateway = await startServer((response) => response.end(large));
    const source = fileGatewaySource({ endpoint: gateway.url });
    expect(Buffer.compare(await readContent(source, name), large)).toBe(0);
    large[0] = 2;
    const error = await catchError(() => readContent(source, name));
    expect(error.code).toBe('CONTENT_MISMATCH');
  });

  test('error: other bytes, or a file that was added with unusual parameters', async () => {
    await using gateway = await startServer((response) => response.end('other'));
    const source = fileGatewaySource({ endpoint: gateway.url });
    const error = await catchError(() => readContent(source, cid));
    expect(error.code).toBe('CONTENT_MISMATCH');
    expect(error.message).toBe(`Content of ${cid} from ${gateway.url} does not match its CID.
Expected: bytes that have the CID ${cid} when they are added with the usual parameters
Found: 5 bytes that have another CID
Fix: Either this is another file, or it was added with unusual parameters: read it from a source of blocks.`);
  });

  test('error: a file below a directory', async () => {
    const { cid } = await encodeDirectory(new Map([['a', content]]));
    await using gateway = await startServer((response) => response.end(content));
    const source = fileGatewaySource({ endpoint: gateway.url });
    const error = await catchError(() => readContent(source, `${cid}/a`));
    expect(error.code).toBe('CONTENT_UNVERIFIABLE');
    expect(error.message).toBe(`Content of ${cid}/a from ${gateway.url} cannot be checked.
Expected: a source of blocks, for a file below a directory
Found: a source that hands out whole files only
Fix: Read it from a trustless gateway or from the RPC API of a Kubo node.`);
    expect(gateway.requests).toEqual([]);
  });

  test('args: maxBytes', async () => {
    await using gateway = await startServer((response) => response.end(content));
    const source = fileGatewaySource({ endpoint: gateway.url });
    const error = await catchError(() => readContent(source, cid, { maxBytes: 599_999 }));
    expect(error.message).toBe(`Content ${cid} from ${gateway.url} is larger than 599999 bytes.
Place: content ${cid} from ${gateway.url}`);
  });
});
