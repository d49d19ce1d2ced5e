import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { compileProtos } from '@snetkit/protos';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { encodeMessage } from '../../test/transport/messages.ts';
import { askUpstream } from '../../test/upstreams/ask-upstream.ts';
import { createProcessUpstream, type ProcessUpstreamOptions } from './process.ts';
import { listServiceMethods } from './service-methods.ts';

const source = `syntax = "proto3"; package p;
service S {
  rpc Unary(M) returns (M); rpc Bidi(stream M) returns (stream M);
  rpc Client(stream M) returns (M); rpc Server(M) returns (stream M);
}
message M {}`;
const methods = listServiceMethods(compileProtos(new Map([['p.proto', source]])));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snetd-process-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const lines: string[] = [];
let programs = 0;

/** An upstream whose program is a shell script. */
async function create(script: string, options: Partial<ProcessUpstreamOptions> = {}) {
  const executable = join(folder, `program-${programs++}`);
  await writeFile(executable, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return createProcessUpstream({
    ...{
      executable,
      methods,
      maxProcesses: 4,
      serviceTimeoutMs: 20_000,
      maxMessageBytes: 10_000_000,
    },
    env: { PATH: process.env['PATH'], SNET_TOKEN_SECRET_KEY: 'secret', LANG: 'C' },
    onLine: (line, path) => lines.push(`${path} ${line}`),
    ...options,
  });
}

const ask = async (script: string, message: string | Uint8Array = '', path = '/p.S/Unary') =>
  askUpstream(await create(script), path, Buffer.from(message));

test('default: the message on standard input, the answer on standard output', async () => {
  const { status, bytes } = await ask('echo "$1 $#"; cat', 'hello');
  expect([status, bytes?.toString()]).toEqual(['0', 'Unary 1\nhello']);
});

test('behavior: messages larger than any pipe, both ways at once', async () => {
  const message = Buffer.alloc(8_000_000, 'snetkit ');
  const { status, bytes } = await ask('exec cat', message);
  expect(status).toBe('0');
  expect(bytes?.equals(message)).toBe(true);
});

test('behavior: a program need not read what it is given', async () => {
  const { status, bytes } = await ask('exec 0<&-; sleep 0.1; echo done', Buffer.alloc(8_000_000));
  expect([status, bytes?.toString()]).toEqual(['0', 'done\n']);
});

test('behavior: standard error is logged, and is no part of the answer', async () => {
  lines.length = 0;
  const { bytes } = await ask(
    'echo first >&2; echo answer; head -c 3000 /dev/zero | tr "\\0" x >&2; echo >&2; seq 200 >&2',
  );
  expect(bytes?.toString()).toBe('answer\n');
  expect(lines.slice(0, 3)).toEqual([
    '/p.S/Unary first',
    `/p.S/Unary ${'x'.repeat(1000)}...`,
    '/p.S/Unary 1',
  ]);
  expect(lines.length).toBe(101);
  expect(lines.at(-1)).toBe('/p.S/Unary 102 more lines');
});

test('behavior: programs see who pays, and no setting of the daemon', async () => {
  const upstream = await create('env');
  const { bytes } = await askUpstream(upstream, '/p.S/Unary', Buffer.from(''), {
    set: { 'snet-user-address': '0xPayer' },
  });
  expect(bytes?.toString()).toContain('SNET_USER_ADDRESS=0xPayer');
  expect(bytes?.toString()).toContain('LANG=C');
  expect(bytes?.toString()).not.toContain('secret');
});

test('behavior: messages of streams are framed', async () => {
  const both = await askUpstream(await create('exec cat'), '/p.S/Bidi', Buffer.from('hello'));
  expect([both.status, both.bytes?.toString()]).toEqual(['0', 'hello']);
  const { bytes } = await ask('cat', 'hello', '/p.S/Client');
  expect(bytes).toEqual(encodeMessage('hello'));
  const half = await ask('printf "\\0\\0\\0\\0\\5hel"', '', '/p.S/Server');
  expect(half.status).toBe('13 process failed: half a message at the end; output=');
});

test('behavior: compressed messages are undone', async () => {
  const upstream = await create('cat');
  const frames = Buffer.concat(
    ['one', 'two'].map((word) => {
      const frame = encodeMessage(gzipSync(word));
      frame[0] = 1;
      return frame;
    }),
  );
  const received: Buffer[] = [];
  const status = await new Promise((resolve) => {
    const metadata = { 'grpc-encoding': 'gzip' };
    const request = { path: '/p.S/Bidi', metadata, options: { set: {}, drop: new Set<string>() } };
    const call = upstream.open(request, {
      onHeaders() {},
      onData: (chunk) => received.push(Buffer.from(chunk)),
      onEnd: resolve,
      onDrain: () => call.finish(),
    });
    call.write(frames);
  });
  expect(status).toMatchObject({ code: 0 });
  expect(Buffer.concat(received)).toEqual(
    Buffer.concat([encodeMessage('one'), encodeMessage('two')]),
  );
});

test('error: a program that fails', async () => {
  expect((await ask('echo some output; exit 3')).status).toBe(
    '13 process failed: exit status 3; output=some output\n',
  );
  expect((await ask('kill -SEGV $$')).status).toBe('13 process failed: signal: SIGSEGV; output=');
  const long = await ask('head -c 5000 /dev/zero | tr "\\0" x; exit 1');
  expect(long.status).toBe(`13 process failed: exit status 1; output=${'x'.repeat(1024)}...`);
});

test('error: a program that is not there', async () => {
  const upstream = await create('', { executable: '/nowhere/program' });
  const { status } = await askUpstream(upstream, '/p.S/Unary', Buffer.from(''));
  expect(status).toBe('13 process failed: spawn /nowhere/program ENOENT; output=');
});

test('error: an answer over the limit ends the program', async () => {
  const upstream = await create('exec cat /dev/zero', { maxMessageBytes: 100_000 });
  const { status } = await askUpstream(upstream, '/p.S/Unary', Buffer.from(''));
  expect(status).toMatch(/^8 grpc: received message larger than max \(\d+ vs\. 100000\)$/);
});

test('error: a program that takes too long', async () => {
  const upstream = await create('sleep 1000', { serviceTimeoutMs: 300 });
  const { status } = await askUpstream(upstream, '/p.S/Unary', Buffer.from(''));
  expect(status).toBe('4 context deadline exceeded');
  await upstream.close();
});

test('behavior: a client that keeps its stream open until the time is over has itself to blame', async () => {
  const upstream = await create('exec cat', { serviceTimeoutMs: 500 });
  const end = (path: string, isWhole: boolean) =>
    new Promise((resolve) => {
      const options = { set: {}, drop: new Set<string>() };
      const receiver = { onHeaders() {}, onData() {}, onDrain() {}, onEnd: resolve };
      const call = upstream.open({ path, metadata: {}, options }, receiver);
      call.write(encodeMessage('hello'));
      if (isWhole) call.finish();
    });
  expect(await end('/p.S/Bidi', false)).toEqual({
    code: 4,
    message: 'context deadline exceeded',
    isClients: true,
  });
  // Of a request that is one message, nothing more is awaited.
  expect(await end('/p.S/Unary', false)).toMatchObject({ code: 0 });
  const slow = await create('exec sleep 1000', { serviceTimeoutMs: 300 });
  const { status } = await askUpstream(slow, '/p.S/Bidi', Buffer.from('hello'));
  expect(status).toBe('4 context deadline exceeded');
});

test('behavior: whatever a program has started ends with its call', async () => {
  const file = join(folder, 'left-behind');
  // It holds the output open, too.
  const { status, bytes } = await ask(`sleep 1000 & echo $! > ${file}; echo answer`);
  expect([status, bytes?.toString()]).toEqual(['0', 'answer\n']);
  await expectGone(file);
});

test('behavior: programs that run end when the daemon does', async () => {
  const file = join(folder, 'running');
  const upstream = await create(`echo $$ >> ${file}; exec sleep 1000`, { maxProcesses: 1 });
  const asked = [0, 1].map(() => askUpstream(upstream, '/p.S/Unary', Buffer.from('')));
  await vi.waitFor(() => readFile(file, 'utf8'), { timeout: 10_000 });
  await upstream.close();
  for (const one of asked) expect((await one).status).toBe('14 the daemon is stopping');
  // The one that waited for its turn does not get it any more: there is one line in the file.
  await expectGone(file);
});

test('behavior: more calls than programs wait for their turn', async () => {
  const file = join(folder, 'busy');
  // `mkdir` fails when another program of the two is in there.
  const upstream = await create(`mkdir ${file} || exit 1; sleep 0.05; rmdir ${file}; cat`, {
    maxProcesses: 1,
  });
  const asked = Array.from({ length: 5 }, (_, index) =>
    askUpstream(upstream, '/p.S/Unary', Buffer.from(`${index}`)),
  );
  expect((await Promise.all(asked)).map(({ bytes }) => bytes?.toString())).toEqual([
    ...['0', '1', '2', '3', '4'],
  ]);
});

test('behavior: a call that is given up while it waits takes no turn', async () => {
  const upstream = await create('exec sleep 1000', { maxProcesses: 1 });
  const first = new AbortController();
  const second = new AbortController();
  const waiting = [first, second].map(({ signal }) =>
    askUpstream(upstream, '/p.S/Unary', Buffer.from(''), { signal }),
  );
  second.abort();
  expect((await waiting[1])?.status).toBe('4 context deadline exceeded');
  first.abort();
  expect((await waiting[0])?.status).toBe('4 context deadline exceeded');
  await upstream.close();
});

test('error: a method that the protos do not have is never started', async () => {
  expect((await ask('echo', '', '/p.S/--help')).status).toBe('12 unknown method /p.S/--help');
});

async function expectGone(file: string): Promise<void> {
  const pid = Number(await readFile(file, 'utf8'));
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), { timeout: 10_000 });
}
