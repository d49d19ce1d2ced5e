import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileGatewaySource, gatewaySource, kuboSource, readContent } from '@snetkit/metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import fixtures from '../../fixtures/cids.json' with { type: 'json' };
import { type ContentStore, startContentStore } from './start-content-store.ts';

interface Added {
  Name: string;
  Hash: string;
  Size: string;
}

let store: ContentStore;

beforeAll(async () => {
  store = await startContentStore();
});

afterAll(() => store.stop());

function vectorBytes(vector: (typeof fixtures.cases)[number]): Buffer {
  return Buffer.from(vector.text ?? (vector.repeat ?? '').repeat(vector.length));
}

async function add(files: Record<string, Uint8Array>, query = ''): Promise<Added[]> {
  const form = new FormData();
  for (const [name, bytes] of Object.entries(files)) {
    form.append('file', new Blob([Uint8Array.from(bytes)]), name);
  }
  const response = await fetch(`${store.url}/api/v0/add${query}`, { method: 'POST', body: form });
  expect(response.headers.get('content-type')).toBe('application/json');
  const lines = (await response.text()).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

async function ask(path: string, init: RequestInit = {}, from = store) {
  const response = await fetch(`${from.url}${path}`, { method: 'POST', ...init });
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
}

async function refusal(path: string, init?: RequestInit) {
  const { status, body } = await ask(path, init);
  return { status, ...JSON.parse(body.toString()) };
}

for (const vector of fixtures.cases) {
  test(`behavior: CID of ${vector.label}`, async () => {
    const bytes = vectorBytes(vector);
    expect(bytes).toHaveLength(vector.length);
    const [added] = await add({ 'file.bin': bytes });
    expect(added).toMatchObject({ Name: 'file.bin', Hash: vector.cid_v0_dag_pb });
    expect(await store.put(bytes)).toBe(vector.cid_v0_dag_pb);
    const read = await ask(`/api/v0/cat?arg=${vector.cid_v0_dag_pb}`);
    expect(read.status).toBe(200);
    expect(Buffer.compare(read.body, bytes)).toBe(0);
  });
}

test('default: what is added is read back, verified block by block', async () => {
  const bytes = new Uint8Array(700_000).map((_, index) => (index * 31) % 251);
  const cid = await store.put(bytes);
  const read = await readContent(kuboSource({ endpoint: store.url }), cid);
  expect(Buffer.compare(read, bytes)).toBe(0);
});

test('behavior: sizes count all blocks, repeated ones twice', async () => {
  const [small] = await add({ 'hello.txt': Buffer.from('hello world\n') });
  expect(small?.Size).toBe('20');
  const [large] = await add({ a: Buffer.from('a'.repeat(3 * 262_144)) });
  // Three leaves of 262144 bytes and 14 of framing each, and the root.
  const { body } = await ask(`/api/v0/block/stat?arg=${large?.Hash}`);
  const root = JSON.parse(body.toString());
  expect(root).toEqual({ Key: large?.Hash, Size: expect.any(Number) });
  expect(Number(large?.Size)).toBe(3 * (262_144 + 14) + root.Size);
});

test('behavior: several files are added at once', async () => {
  const added = await add({ 'a.txt': Buffer.from('a'), 'ü b.txt': Buffer.from('b') }, '?pin=true');
  expect(added.map(({ Name }) => Name)).toEqual(['a.txt', 'ü b.txt']);
});

test('behavior: a wrapped file is read by its name', async () => {
  const { content_utf8, entries, asset_value } = fixtures.asset_wrapped_in_directory;
  const bytes = Buffer.from(content_utf8);
  const added = await add({ 'hero.png': bytes }, '?wrap-with-directory=true');
  expect(added.map(({ Name, Hash }) => ({ path: Name, cid: Hash }))).toEqual(entries);
  for (const path of [asset_value, `/ipfs/${asset_value}`]) {
    expect((await ask(`/api/v0/cat?arg=${path}`)).body.toString()).toBe(content_utf8);
  }
});

test('behavior: the official Python client is understood', async () => {
  // It sends parts without a name, percent-encodes file names, and asks for streams.
  const boundary = '0b8d6cde';
  const body = [
    `--${boundary}`,
    'Content-Disposition: form-data; filename="organization%20metadata.json"',
    'Content-Type: application/octet-stream',
    '',
    '{"a":\r\n1}',
    `--${boundary}--`,
    '',
  ].join('\r\n');
  const headers = { 'content-type': `multipart/form-data; boundary="${boundary}"` };
  const path = '/api/v0/add?stream-channels=true&pin=true';
  const [line = ''] = (await ask(path, { body, headers })).body.toString().split('\n');
  const added: Added = JSON.parse(line);
  expect(added.Name).toBe('organization metadata.json');
  const read = await ask(`/api/v0/cat?arg=${added.Hash}&encoding=json&stream-channels=true`);
  expect(read.body.toString()).toBe('{"a":\r\n1}');
  const version = JSON.parse((await ask('/api/v0/version')).body.toString());
  expect(version.Version).toMatch(/^0\.4\.(1[89]|[2-9]\d)$/);
});

test('behavior: the official JavaScript clients read with GET, from any origin', async () => {
  const cid = await store.put(Buffer.from('{}'));
  const response = await fetch(`${store.url}/api/v0/cat?arg=${cid}`);
  expect(await response.text()).toBe('{}');
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  const preflight = await fetch(`${store.url}/api/v0/cat`, { method: 'OPTIONS' });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toBe('*');
});

test('args: the version can be set', async () => {
  await using other = await startContentStore({ version: '0.35.0' });
  const { body } = await ask('/api/v0/version', {}, other);
  expect(JSON.parse(body.toString())).toMatchObject({ Version: '0.35.0' });
});

test('behavior: only-hash keeps nothing', async () => {
  const [added] = await add({ a: Buffer.from('only hashed') }, '?only-hash=true');
  expect(await refusal(`/api/v0/cat?arg=${added?.Hash}`)).toEqual({
    status: 500,
    Message: `block was not found locally (offline): ${added?.Hash}`,
    Code: 0,
    Type: 'error',
  });
});

test('behavior: a block is found by its CIDv1 as well', async () => {
  const [conversion] = fixtures.cid_conversions;
  const bytes = Buffer.from('any bytes will do');
  store.blocks.set(conversion!.cid, bytes);
  const { body } = await ask(`/api/v0/block/get?arg=${conversion!.as_v1_base32}`);
  expect(body.equals(bytes)).toBe(true);
});

test('behavior: a gateway of blocks and of whole files stands beside it', async () => {
  const bytes = Buffer.alloc(300_000, 5);
  const cid = await store.put(bytes);
  const endpoint = store.url;
  for (const source of [gatewaySource({ endpoint }), fileGatewaySource({ endpoint })]) {
    expect(Buffer.compare(await readContent(source, cid), bytes)).toBe(0);
  }
  const get = { method: 'GET' };
  expect((await ask(`/ipfs/${cid}?format=car`, get)).status).toBe(406);
  const missing = cid.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'));
  expect((await ask(`/ipfs/${missing}`, get)).status).toBe(500);
  expect((await ask(`/ipfs/${cid}`, { method: 'POST' })).status).toBe(404);
});

test('behavior: a changed block is served as it is, and refused by who checks', async () => {
  const cid = await store.put(Buffer.from('the price is 1'));
  const block = store.blocks.get(cid)!;
  store.blocks.set(
    cid,
    block.map((byte) => (byte === 0x31 ? 0x39 : byte)),
  );
  expect((await ask(`/api/v0/cat?arg=${cid}`)).body.toString()).toBe('the price is 9');
  await expect(readContent(kuboSource({ endpoint: store.url }), cid)).rejects.toThrow(cid);
});

test('behavior: pins are acknowledged', async () => {
  const cid = await store.put(Buffer.from('keep me'));
  const { body } = await ask(`/api/v0/pin/add?arg=${cid}`);
  expect(JSON.parse(body.toString())).toEqual({ Pins: [cid] });
});

test('behavior: blocks survive in a directory', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'snetkit-store-'));
  try {
    const bytes = Buffer.from('b'.repeat(300_000));
    const first = await startContentStore({ directory });
    const cid = await first.put(bytes);
    await first.stop();
    await using second = await startContentStore({ directory });
    expect((await ask(`/api/v0/cat?arg=${cid}`, {}, second)).body.equals(bytes)).toBe(true);
  } finally {
    await rm(directory, { recursive: true });
  }
});

const refusals: [name: string, path: string, status: number, message: string][] = [
  ['an unknown command', '/api/v0/swarm/peers', 404, 'no command at /api/v0/swarm/peers'],
  ['an inherited name', '/api/v0/constructor', 404, 'no command at /api/v0/constructor'],
  ['a missing argument', '/api/v0/cat', 400, 'argument "ipfs-path" is required'],
  ['a part of a file', '/api/v0/cat?arg=Qm&offset=1', 400, 'option "offset" is not supported'],
  ['other CIDs', '/api/v0/add?cid-version=1', 400, 'option "cid-version" can only be 0 here'],
  [
    'no multipart body',
    '/api/v0/add',
    400,
    'the files must come as multipart/form-data with a boundary',
  ],
];

for (const [name, path, status, message] of refusals) {
  test(`error: ${name}`, async () => {
    const Code = status === 400 ? 1 : 0;
    expect(await refusal(path)).toEqual({ status, Message: message, Code, Type: 'error' });
  });
}

test('error: a path that is no CID', async () => {
  const { status, Message } = await refusal('/api/v0/cat?arg=nonsense');
  expect(status).toBe(500);
  expect(Message).toContain('invalid path "nonsense": ');
});

test('error: a body that is cut off', async () => {
  const body = '--x\r\nContent-Disposition: form-data; filename="a"\r\n\r\nhalf';
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  expect(await refusal('/api/v0/add', { body, headers })).toMatchObject({
    status: 400,
    Message: 'the multipart body is cut off',
  });
});

test('error: an upload that is too large', async () => {
  await using small = await startContentStore({ maxUploadBytes: 1000 });
  const body = new FormData();
  body.append('file', new Blob(['x'.repeat(100_000)]), 'a');
  const { status, body: reply } = await ask('/api/v0/add', { body }, small);
  expect(status).toBe(413);
  expect(JSON.parse(reply.toString()).Message).toBe('at most 1000 bytes can be added at once');
  expect(small.blocks.size).toBe(0);
});

test('error: a port that is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as AddressInfo;
  await expect(startContentStore({ port })).rejects.toMatchObject({
    code: 'DEVNET_LISTEN_FAILED',
    message: `The content store cannot listen.\nPlace: 127.0.0.1:${port}`,
  });
  await new Promise((resolve) => taken.close(resolve));
});
