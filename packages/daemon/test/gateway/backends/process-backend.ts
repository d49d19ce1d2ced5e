import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { GatewayBackend } from '../gateway-backend.ts';

// Messages of a stream are framed as in gRPC; a single one is just its bytes.
const program = (folder: string) => `#!/bin/sh
env > '${folder}/heard.env'
case "$1" in
  Unary|Bidi) exec cat ;;
  Hang) sleep 1000 & echo "$$ $!" > '${folder}/new'; mv '${folder}/new' "${folder}/hang.$$"; wait ;;
  *) exec '${process.execPath}' '${folder}/program.mjs' "$1" ;;
esac
`;

const script = `
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const input = Buffer.concat(chunks);
const frame = (bytes) => {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([prefix, bytes]);
};
const [, , method] = process.argv;
if (method === 'Server') for (let i = 0; i < 3; i++) process.stdout.write(frame(input));
if (method === 'Client') {
  let last = Buffer.alloc(0);
  for (let at = 0; at < input.length; ) {
    const end = at + 5 + input.readUInt32BE(at + 1);
    last = input.subarray(at + 5, end);
    at = end;
  }
  process.stdout.write(last);
}
if (method === 'Grow') {
  // Field 2 is a varint.
  let count = 0;
  for (let at = 1; at < input.length; at++) count += (input[at] & 127) * 2 ** (7 * (at - 1));
  const length = [];
  for (let left = count; ; left = Math.floor(left / 128)) {
    if (left < 128) { length.push(left); break; }
    length.push((left % 128) | 128);
  }
  process.stdout.write(Buffer.concat([Buffer.from([10, ...length]), Buffer.alloc(count)]));
}
`;

/** The echo service as a program. */
export const processBackend: GatewayBackend = {
  name: 'process',
  shapes: ['unary', 'server', 'client', 'bidi'],
  async start() {
    const folder = await mkdtemp(join(tmpdir(), 'snetd-process-'));
    const executable = join(folder, 'program');
    await writeFile(executable, program(folder), { mode: 0o755 });
    await writeFile(join(folder, 'program.mjs'), script);
    const heard: string[] = [];
    return {
      daemonConfig: { executable_path: executable, max_processes: 8 },
      async nextHang() {
        const pids = await vi.waitFor(() => takeHang(folder), waiting);
        heard.push(await readFile(join(folder, 'heard.env'), 'utf8'));
        return { gone: vi.waitFor(() => assertGone(pids), waiting) };
      },
      heard,
      stop: () => rm(folder, { recursive: true, force: true }),
    };
  },
};

const waiting = { timeout: 20_000, interval: 50 };

async function takeHang(folder: string): Promise<number[]> {
  const name = (await readdir(folder)).find((one) => one.startsWith('hang.'));
  if (name === undefined) throw new Error('nobody hangs');
  const text = await readFile(join(folder, name), 'utf8');
  await rm(join(folder, name));
  return text.trim().split(' ').map(Number);
}

/** Neither the program nor what it started may be left, not even as a zombie. */
function assertGone(pids: readonly number[]): void {
  for (const pid of pids) {
    let isThere = true;
    try {
      process.kill(pid, 0);
    } catch {
      isThere = false;
    }
    if (isThere) throw new Error(`process ${pid} is still there`);
  }
}
