import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startStoreChild } from '../../test/store/start-store-child.ts';
import { createStoreDirectory } from '../../test/store/store-directory.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { Store } from './store.ts';

const scope = 'test';
const put = (key: string, value: string) => ({
  checks: [],
  writes: [{ key, value: Buffer.from(value) }],
});

async function readNumber(store: Store, key: string): Promise<number> {
  const entry = await store.get(key);
  return entry === undefined ? 0 : Number(Buffer.from(entry.value).toString());
}

test('behavior: what was applied survives kill -9', async () => {
  await using directory = await createStoreDirectory();
  for (let round = 1; round <= 5; round += 1) {
    await using child = await startStoreChild(directory.path);
    child.tell(`put key ${round}`);
    const answer = await child.hear();
    await child.kill();
    expect(answer).toBe(`applied ${round}`);
    const store = await openSqliteStore({ path: directory.path, scope });
    expect(await store.get('key')).toEqual({
      version: BigInt(round),
      value: new Uint8Array([48 + round]),
    });
    await store.close();
  }
});

test('behavior: processes on one environment lose no write, even when some are killed', async () => {
  await using directory = await createStoreDirectory();
  const store = await openSqliteStore({ path: directory.path, scope });
  await using lasting = await startStoreChild(directory.path);
  lasting.tell('increment n 300');
  let acknowledged = 0;
  for (let round = 0; round < 4; round += 1) {
    await using victim = await startStoreChild(directory.path);
    victim.tell('increment n 1000000');
    for (let i = 0; i < 40; i += 1) {
      expect(await victim.hear()).toBe('done');
      acknowledged += 1;
    }
    await victim.kill();
  }
  while ((await lasting.hear()) === 'done') acknowledged += 1;
  // The last commit of a killed process may show only once the next writer has taken over its lock.
  const [fence] = await store.commit([put('fence', '')]);
  const reached = await readNumber(store, 'n');
  // A victim may have said less than it did: lines that were not read, one commit not yet told of.
  expect(acknowledged).toBe(460);
  expect(reached).toBeGreaterThanOrEqual(acknowledged);
  // Each increment took one version: none was lost, none was counted twice.
  expect(fence).toEqual({ outcome: 'applied', version: BigInt(reached + 1) });
  await store.close();
});

test('behavior: a read sees what another process was told is applied', async () => {
  await using directory = await createStoreDirectory();
  const store = await openSqliteStore({ path: directory.path, scope });
  await using child = await startStoreChild(directory.path);
  for (let i = 1; i <= 50; i += 1) {
    // Keeps a read transaction of this process young but older than the write.
    await store.get('key');
    child.tell(`put key ${i}`);
    expect(await child.hear()).toBe(`applied ${i}`);
    expect(await readNumber(store, 'key')).toBe(i);
  }
  await store.close();
});

test('behavior: the lock of a process that was killed while it wrote is free again', async () => {
  await using directory = await createStoreDirectory();
  const store = await openSqliteStore({ path: directory.path, scope, commitTimeoutMs: 20_000 });
  await store.commit([put('key', '1')]);
  await using child = await startStoreChild(directory.path);
  child.tell('lock 60000');
  expect(await child.hear()).toBe('locked');
  const waiting = store.commit([put('key', '2')]);
  await child.kill();
  expect(await waiting).toEqual([{ outcome: 'applied', version: 2n }]);
  expect(await readNumber(store, 'key')).toBe(2);
  await store.close();
});

test('behavior: a commit that another process holds up is unknown, and what waited for it never applies', async () => {
  await using directory = await createStoreDirectory();
  const store = await openSqliteStore({ path: directory.path, scope, commitTimeoutMs: 300 });
  await using child = await startStoreChild(directory.path);
  child.tell('lock 1500');
  expect(await child.hear()).toBe('locked');
  const [sent] = await store.commit([put('sent', '1')]);
  const [waited] = await store.commit([put('waited', '1')]);
  for (const outcome of [sent, waited]) {
    expect(outcome).toEqual({
      outcome: 'unknown',
      cause: expect.objectContaining({
        code: 'STORE_UNAVAILABLE',
        message: `The store did not answer in time.\nPlace: ${directory.path}\nExpected: an outcome within 300 ms`,
      }),
    });
  }
  expect(await child.hear()).toBe('unlocked');
  expect(await store.commit([put('later', '1')])).toEqual([
    { outcome: 'applied', version: expect.any(BigInt) },
  ]);
  expect(await store.get('waited')).toBeUndefined();
  await store.close();
});

test('behavior: an owner dies with its process, not before', async () => {
  await using directory = await createStoreDirectory();
  const store = await openSqliteStore({ path: directory.path, scope });
  await using child = await startStoreChild(directory.path);
  child.tell('own');
  const id = await child.hear();
  expect(await store.isOwnerAlive(id)).toBe(true);
  const takeOver = { ...put('key', '1'), deadOwners: [id] };
  expect(await store.commit([takeOver])).toEqual([{ outcome: 'conflict' }]);
  await child.kill('SIGSTOP');
  expect(await store.isOwnerAlive(id)).toBe(true);
  await child.kill();
  expect(await store.isOwnerAlive(id)).toBe(false);
  expect(await store.isOwnerAlive(id)).toBe(false);
  expect(await store.commit([takeOver])).toEqual([{ outcome: 'applied', version: 1n }]);
  expect(await child.stderr).toBe('');
  await store.close();
});

test('behavior: opening removes the files of dead owners and no other', async () => {
  await using directory = await createStoreDirectory();
  const owners = join(directory.path, 'owners');
  await mkdir(owners, { recursive: true });
  await using child = await startStoreChild(directory.path);
  child.tell('own');
  const alive = await child.hear();
  for (let i = 0; i < 2_000; i += 1) {
    const ending = i % 10 === 0 ? 'new' : 'lock';
    await writeFile(join(owners, `${i.toString(16).padStart(32, '0')}.${ending}`), '');
  }
  await writeFile(join(owners, 'notes.txt'), 'mine');
  const store = await openSqliteStore({ path: directory.path, scope });
  const own = await store.openOwner();
  expect((await readdir(owners)).sort()).toEqual(
    [`${alive}.lock`, `${own.id}.lock`, 'notes.txt'].sort(),
  );
  expect(await store.isOwnerAlive(alive)).toBe(true);
  await store.close();
  expect((await readdir(owners)).sort()).toEqual([`${alive}.lock`, 'notes.txt'].sort());
});

test('behavior: a process that is done ends by itself and prints nothing', async () => {
  await using directory = await createStoreDirectory();
  await using child = await startStoreChild(directory.path);
  child.tell('own');
  await child.hear();
  child.tell('put key 1');
  expect(await child.hear()).toBe('applied 1');
  child.tell('close');
  expect(await child.stderr).toBe('');
  expect(await readdir(join(directory.path, 'owners'))).toEqual([]);
});
