import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CID } from 'multiformats/cid';
import { sha256 } from 'multiformats/hashes/sha2';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeFile } from '../content/encode-file.ts';
import { fetchContent } from '../content/fetch-content.ts';
import { mapSource } from '../content/map-source.ts';
import { cachedSource } from '../storage/cached-source.ts';
import { openContentCache } from './open-content-cache.ts';

const content = new Uint8Array(600_000).map((_, i) => (i * 7 + (i >> 10)) & 255);
const { cid, blocks } = await encodeFile(content);
const net = mapSource(blocks, { name: 'net' });
const nobody = mapSource(new Map(), { name: 'nobody' });

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snetkit-cache-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

async function listFiles(): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

async function countBytes(): Promise<number> {
  const sizes = await Promise.all((await listFiles()).map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Random-looking blocks of 1000 bytes. */
async function makeBlock(seed: number): Promise<[CID, Uint8Array]> {
  const bytes = new Uint8Array(1000).map((_, i) => (seed * 131 + i * 17 + (i >> 3)) & 255);
  new DataView(bytes.buffer).setUint32(0, seed);
  return [CID.createV1(0x55, await sha256.digest(bytes)), bytes];
}

test('default: what was read once needs no provider any more', async () => {
  const cache = openContentCache({ directory });
  const first = await fetchContent(cachedSource(net, cache), cid);
  expect(first.provider).toBe('net');
  const again = openContentCache({ directory });
  const second = await fetchContent(cachedSource(nobody, again), cid);
  expect(second.provider).toBe(`the cache in ${directory}`);
  expect(Buffer.compare(second.bytes, content)).toBe(0);
  expect(await listFiles()).toHaveLength(blocks.size);
});

test('behavior: files are the user’s alone, and are named by one case of letters', async () => {
  await fetchContent(cachedSource(net, openContentCache({ directory })), cid);
  for (const file of await listFiles()) {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(file.slice(directory.length)).toMatch(/^\/[a-z0-9]{2}\/bafy[a-z0-9]+$/);
  }
});

test.each([
  ['bytes of something else', () => Buffer.from('other')],
  [
    'a bit turned',
    (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i === 9 ? byte ^ 4 : byte))),
  ],
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
  ['empty', () => Buffer.alloc(0)],
  ['longer than any block', () => Buffer.alloc(3 * 1024 * 1024)],
])('behavior: an entry that is damaged (%s) is dropped and fetched again', async (_, damage) => {
  const cache = openContentCache({ directory });
  await fetchContent(cachedSource(net, cache), cid);
  const files = await listFiles();
  for (const victim of files) {
    const good = await readFile(victim);
    await writeFile(victim, damage(good));
    const { bytes, provider } = await fetchContent(cachedSource(net, cache), cid);
    expect(Buffer.compare(bytes, content)).toBe(0);
    expect(provider).toBe('net');
    expect(Buffer.compare(await readFile(victim), good)).toBe(0);
  }
});

test('behavior: an entry that is damaged is gone, even when nobody has another one', async () => {
  const cache = openContentCache({ directory });
  await fetchContent(cachedSource(net, cache), cid);
  const name = CID.parse(cid).toV1().toString();
  const victim = join(directory, name.slice(-2), name);
  await writeFile(victim, 'other');
  const reading = fetchContent(cachedSource(nobody, cache), cid);
  await expect(reading).rejects.toThrow(`Block ${cid} is not to be had from nobody.`);
  expect(await listFiles()).not.toContain(victim);
});

test('behavior: what a provider lied about is not kept', async () => {
  const cache = openContentCache({ directory });
  const changed = new Map(blocks);
  const [, leaf = ''] = [...blocks.keys()].sort();
  changed.set(leaf, Uint8Array.of(1, 2, 3));
  const liar = mapSource(changed, { name: 'liar' });
  await expect(fetchContent(cachedSource(liar, cache), cid)).rejects.toThrow('does not match');
  for (const file of await listFiles()) {
    const name = CID.parse(file.split('/').at(-1) ?? '');
    const digest = (await sha256.digest(await readFile(file))).digest;
    expect(digest).toEqual(name.multihash.digest);
  }
});

test('args: maxBytes, what was used longest ago goes first', async () => {
  const cache = openContentCache({ directory, maxBytes: 80_000 });
  const made = await Promise.all(Array.from({ length: 60 }, (_, i) => makeBlock(i)));
  for (const [index, [name, bytes]] of made.entries()) {
    await cache.put(name, bytes);
    const text = name.toString();
    const time = new Date(1_600_000_000_000 + index * 1000);
    await utimes(join(directory, text.slice(-2), text), time, time);
  }
  // The oldest is used again, so that it stays.
  const [first] = made[0] ?? [];
  expect(await cache.get(first as CID)).toHaveLength(1000);
  for (let seed = 100; seed < 140; seed++) await cache.put(...(await makeBlock(seed)));
  expect(await countBytes()).toBeLessThanOrEqual(80_000);
  expect(await cache.get(first as CID)).toHaveLength(1000);
  expect(await cache.get((made[1] as [CID, Uint8Array])[0])).toBeUndefined();
});

test('behavior: drafts of processes that ended are cleaned up', async () => {
  const cache = openContentCache({ directory, maxBytes: 80_000 });
  await cache.put(...(await makeBlock(1)));
  const [file = ''] = await listFiles();
  const [dead, alive] = [randomUUID(), randomUUID()];
  const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
  await writeFile(`${file}.${dead}.tmp`, 'half');
  await utimes(`${file}.${dead}.tmp`, old, old);
  await writeFile(`${file}.${alive}.tmp`, 'half');
  for (let seed = 0; seed < 30; seed++) await cache.put(...(await makeBlock(seed)));
  const left = (await listFiles()).filter((one) => one.endsWith('.tmp'));
  expect(left).toEqual([`${file}.${alive}.tmp`]);
});

test('behavior: files that no cache wrote are left alone, whatever the limit', async () => {
  const theirs = ['thesis.doc', 'ab/notes.txt', 'ab/bafy', `zz/${CID.parse(cid).toV1()}`];
  for (const file of theirs) {
    await mkdir(join(directory, file, '..'), { recursive: true });
    await writeFile(join(directory, file), 'x'.repeat(50_000));
    await utimes(join(directory, file), new Date(0), new Date(0));
  }
  const cache = openContentCache({ directory, maxBytes: 80_000 });
  for (let seed = 0; seed < 100; seed++) await cache.put(...(await makeBlock(seed)));
  expect(await listFiles()).toEqual(
    expect.arrayContaining(theirs.map((file) => join(directory, file))),
  );
  expect(await countBytes()).toBeLessThanOrEqual(80_000 + 4 * 50_000);
});

test('behavior: a folder that cannot be used is told, and reading goes on without', async () => {
  const errors: unknown[] = [];
  await writeFile(join(directory, 'file'), '');
  const options = {
    directory: join(directory, 'file'),
    onError: (error: unknown) => errors.push(error),
  };
  const { bytes } = await fetchContent(cachedSource(net, openContentCache(options)), cid);
  expect(Buffer.compare(bytes, content)).toBe(0);
  expect(errors.length).toBeGreaterThan(0);
});

test('behavior: four processes share one cache; killed ones leave nothing damaged', async () => {
  const script = `
    import { CID } from 'multiformats/cid';
    import { sha256 } from 'multiformats/hashes/sha2';
    import { openContentCache } from ${JSON.stringify(join(import.meta.dirname, 'open-content-cache.ts'))};
    const cache = openContentCache({ directory: process.argv[1], maxBytes: 400_000 });
    const seeds = Number(process.argv[2]);
    for (let round = 0; ; round++) {
      const bytes = new Uint8Array(20_000).fill((round * seeds) % 40);
      const cid = CID.createV1(0x55, await sha256.digest(bytes));
      const kept = await cache.get(cid);
      if (kept !== undefined && kept.some((byte) => byte !== bytes[0])) console.log('damaged');
      await cache.put(cid, bytes);
      if (round % 10 === 0) console.log('ok');
    }`;
  const args = ['--conditions=@snetkit/source', '--input-type=module', '--eval', script, directory];
  const output: string[] = [];
  const children = [1, 3, 7, 11].map((seed) => {
    const child = spawn(process.execPath, [...args, String(seed)], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', (data) => output.push(String(data)));
    return child;
  });
  try {
    for (const child of children) {
      for (let lines = 0; lines < 5; lines++) await once(child.stdout, 'data');
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  } finally {
    for (const child of children) child.kill('SIGKILL');
  }
  expect(output.join('')).not.toContain('damaged');
  for (const file of await listFiles()) {
    if (file.endsWith('.tmp')) continue;
    const { digest } = await sha256.digest(await readFile(file));
    expect(digest).toEqual(CID.parse(file.split('/').at(-1) ?? '').multihash.digest);
  }
  // Four writers: each may have an eighth more than it counted.
  expect(await countBytes()).toBeLessThanOrEqual(400_000 * 1.5 + 4 * 20_000);
});
