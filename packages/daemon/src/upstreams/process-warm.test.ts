import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { compileProtos } from '@snetkit/protos';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { encodeMessage } from '../../test/transport/messages.ts';
import { askUpstream } from '../../test/upstreams/ask-upstream.ts';
import type { WarmOptions } from './process/warm-pool.ts';
import { createProcessUpstream } from './process.ts';
import { listServiceMethods } from './service-methods.ts';

const source = `syntax = "proto3"; package p;
service S { rpc Unary(M) returns (M); rpc Bidi(stream M) returns (stream M); }
message M {}`;
const methods = listServiceMethods(compileProtos(new Map([['p.proto', source]])));

/** Answers each message with who it is, and does what the message says. */
const program = `#!${process.execPath}
const write = (type, text) => {
  const bytes = Buffer.from(text);
  const prefix = Buffer.alloc(5);
  prefix[0] = type;
  prefix.writeUInt32BE(bytes.length, 1);
  process.stdout.write(Buffer.concat([prefix, bytes]));
};
if (process.env.BROKEN) process.exit(9);
console.error('ready ' + process.env.SNET_WARM + process.argv.length);
let [task, count, rest, held] = [{}, 0, Buffer.alloc(0), []];
process.stdin.on('data', (chunk) => {
  rest = Buffer.concat([rest, chunk]);
  while (rest.length >= 5 && rest.length >= 5 + rest.readUInt32BE(1)) {
    const body = rest.subarray(5, 5 + rest.readUInt32BE(1));
    take(rest[0], body.toString());
    rest = rest.subarray(5 + body.length);
  }
});
function take(type, text) {
  if (type === 1) { task = JSON.parse(text); count++; }
  if (type === 0) {
    if (text === 'die') process.exit(3);
    if (text === 'hang') { write(0, 'pid ' + process.pid); task = {}; return; }
    if (text === 'eat') held.push(Buffer.alloc(100_000_000, 1));
    if (text === 'large') write(0, 'x'.repeat(20_000));
    else write(0, JSON.stringify({ pid: process.pid, count, ...task, text }));
    if (text === 'lie') { process.stdout.write(Buffer.from([2, 0, 0, 0, 0, 2, 0, 0, 0, 0])); task = {}; }
    if (text === 'odd') write(7, '');
    if (text === 'say') console.error('said');
    if (text === 'fail') { write(3, 'no such thing'); task = {}; }
  }
  if (type === 2 && task.method) write(2, '');
}
`;

let folder: string;
let executable: string;
const lines: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snetd-warm-'));
  executable = join(folder, 'program.cjs');
  await writeFile(executable, program, { mode: 0o755 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(options: Partial<WarmOptions & { maxProcesses: number; env: object }> = {}) {
  const { maxProcesses = 4, env, ...warm } = options;
  const limits = { maxCalls: 1000, maxAgeMs: 3_600_000, maxBytes: Number.POSITIVE_INFINITY };
  const upstream = createProcessUpstream({
    ...{ executable, methods, maxProcesses, serviceTimeoutMs: 20_000, maxMessageBytes: 10_000 },
    env: { PATH: process.env['PATH'], ...env },
    onLine: (line, path) => lines.push(`${path} ${line}`),
    warm: { programs: 1, ...limits, ...warm },
  });
  return {
    upstream,
    async ask(text: string) {
      const { status, bytes } = await askUpstream(upstream, '/p.S/Unary', Buffer.from(text));
      return { status, ...(status === '0' && JSON.parse(bytes?.toString() ?? '')) };
    },
    [Symbol.asyncDispose]: () => upstream.close(),
  };
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('default: one program, started without arguments, serves call after call', async () => {
  await using pool = await start();
  const first = await pool.ask('one');
  const { count, pid, ...second } = await pool.ask('two');
  expect(second).toEqual({ status: '0', method: 'Unary', text: 'two' });
  expect([count, pid]).toEqual([2, first.pid]);
  await vi.waitFor(() => expect(lines.join()).toMatch(/ ready 12/));
  await pool.upstream.close();
  expect(isAlive(pid)).toBe(false);
});

test('behavior: programs see who pays for each call, and messages are undone', async () => {
  await using pool = await start();
  const frame = encodeMessage(gzipSync('zipped'));
  frame[0] = 1;
  const { bytes } = await askUpstream(pool.upstream, '/p.S/Unary', frame, {
    ...{ isFramed: true, metadata: { 'grpc-encoding': 'gzip' } },
    set: { 'snet-user-address': '0xPayer' },
  });
  expect(JSON.parse(bytes?.toString() ?? '')).toMatchObject({ user: '0xPayer', text: 'zipped' });
  expect(await pool.ask('free')).not.toHaveProperty('user');
});

test('behavior: each works on one call at a time, and as many as allowed at once', async () => {
  await using pool = await start({ programs: 2, maxProcesses: 3 });
  const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => pool.ask(`${at}`)));
  expect(answers.map(({ text }) => text)).toEqual(Array.from({ length: 12 }, (_, at) => `${at}`));
  const pids = new Set(answers.map(({ pid }) => pid));
  expect(pids.size).toBeGreaterThanOrEqual(2);
  // Who is not kept ends.
  await vi.waitFor(() => expect([...pids].filter(isAlive).length).toBeLessThanOrEqual(2));
});

test.each([
  ['a number of calls', { maxCalls: 2 }, 'x'],
  ['a time', { maxAgeMs: 0 }, 'x'],
  ['more memory than allowed', { maxBytes: 130_000_000 }, 'eat'],
])('behavior: a program is replaced after %s', async (_, options, text) => {
  await using pool = await start(options);
  const first = await pool.ask(text);
  await pool.ask(text);
  const third = await pool.ask('x');
  expect(third.pid).not.toBe(first.pid);
  await vi.waitFor(() => expect(isAlive(first.pid)).toBe(false));
});

test('error: a program that ends in a call fails that call, and no other', async () => {
  await using pool = await start();
  expect(await pool.ask('die')).toEqual({ status: '13 process failed: exit status 3; output=' });
  expect((await pool.ask('next')).text).toBe('next');
});

test('error: a program can say that a call has failed, and goes on', async () => {
  await using pool = await start();
  const { pid } = await pool.ask('x');
  const { status } = await pool.ask('fail');
  expect(status).toBe('13 process failed: no such thing; output=');
  expect((await pool.ask('x')).pid).toBe(pid);
});

test.each([
  ['lie', '13 process failed: output after the end of an answer; output='],
  ['odd', '13 process failed: a frame of type 7 and 0 bytes; output='],
  ['large', '8 grpc: received message larger than max (20000 vs. 10000)'],
])('error: one that does not keep to the protocol is replaced (%s)', async (text, wanted) => {
  await using pool = await start();
  const { pid } = await pool.ask('x');
  expect((await pool.ask(text)).status).toBe(wanted);
  const next = await pool.ask('x');
  expect(next.text).toBe('x');
  expect(next.pid).not.toBe(pid);
});

test('behavior: a client that leaves takes its program along, and the next call gets another', async () => {
  await using pool = await start({ maxProcesses: 1 });
  const pid = Promise.withResolvers<number>();
  const receiver = {
    onHeaders() {},
    onData: (chunk: Uint8Array) => {
      const text = Buffer.from(chunk).toString();
      if (text.startsWith('pid ')) pid.resolve(Number(text.slice(4)));
    },
    onEnd() {},
    onDrain() {},
  };
  const request = {
    path: '/p.S/Bidi',
    metadata: {},
    options: { set: {}, drop: new Set<string>() },
  };
  const call = pool.upstream.open(request, receiver);
  call.write(encodeMessage('hang'));
  const hanging = await pid.promise;
  const waiting = pool.ask('waits for its turn');
  call.cancel();
  expect((await waiting).text).toBe('waits for its turn');
  expect(isAlive(hanging)).toBe(false);
});

test('error: a program that never comes up fails the calls and does not spin', async () => {
  await using pool = await start({ env: { BROKEN: '1' } });
  for (let count = 0; count < 3; count++) {
    expect(await pool.ask('x')).toEqual({ status: '13 process failed: exit status 9; output=' });
  }
});
