import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startStoreChild } from '../../test/store/start-store-child.ts';
import { createStoreDirectory } from '../../test/store/store-directory.ts';
import { openLmdbEnvironment } from './lmdb-environment.ts';
import { openLmdbStore } from './lmdb-store.ts';
import { commitBatch } from './lmdb-transaction.ts';

test('error: a full disk says unknown, and the store goes on with what fits', async () => {
  await using directory = await createStoreDirectory();
  await using child = await startStoreChild(directory.path, { maxFileKiB: 512 });
  child.tell('put small 1');
  expect(await child.hear()).toBe('applied 1');
  child.tell('put big x 1000000');
  expect(JSON.parse((await child.hear()).replace('unknown ', ''))).toEqual({
    code: 'STORE_UNAVAILABLE',
    class: 'store',
    message: 'The store did not take a write.',
    place: directory.path,
    found: 'Input/output error',
    cause: { name: 'Error', message: 'Input/output error' },
  });
  child.tell('put small 2');
  expect(await child.hear()).toBe('applied 2');
  const store = await openLmdbStore({ path: directory.path, scope: 'test' });
  expect(await store.get('big')).toBeUndefined();
  expect((await store.get('small'))?.version).toBe(2n);
  await store.close();
});

// On a file system that copies on write, a full disk refuses this page as well; LMDB then gives its
// environment up for good.
test('error: the page that makes a commit count is refused, and the store goes on', async () => {
  await using directory = await createStoreDirectory();
  // The pages of the first commit, and what makes it count; then what makes the second one count.
  const injects = 'pwrite64:error=ENOSPC:when=3';
  await using child = await startStoreChild(directory.path, { injects });
  child.tell('put key 1');
  expect(await child.hear()).toBe('applied 1');
  child.tell('put key 2');
  expect(await child.hear()).toContain('"found":"No space left on device"');
  for (const version of [2, 3]) {
    child.tell(`put key ${version}`);
    expect(await child.hear()).toBe(`applied ${version}`);
  }
  child.tell('close');
});

test('behavior: a map that is full grows, for every process that has it open', async () => {
  await using directory = await createStoreDirectory();
  const small = { path: directory.path, scope: 'test', mapSizeBytes: 1 << 20 };
  const store = await openLmdbStore(small);
  await using child = await startStoreChild(directory.path, { mapKiB: 1_024 });
  for (const [i, value] of Array.from({ length: 8 }, () => Buffer.alloc(1 << 20)).entries()) {
    expect(await store.commit([{ checks: [], writes: [{ key: `big/${i}`, value }] }])).toEqual([
      { outcome: 'applied', version: BigInt(i + 1) },
    ]);
  }
  child.tell('increment count 1');
  expect([await child.hear(), await child.hear()]).toEqual(['done', 'all done']);
  expect((await store.get('count'))?.version).toBe(9n);
  await store.close();
});

test('error: an item that cannot be written takes no other with it', async () => {
  await using directory = await createStoreDirectory();
  const environment = openLmdbEnvironment({ path: directory.path, mapSizeBytes: 1 << 30 });
  const put = (key: string) => ({ checks: [], writes: [{ key, value: new Uint8Array([1]) }] });
  const outcomes = commitBatch(environment, [put('a'), put('k'.repeat(2_000)), put('b')]);
  expect(outcomes).toEqual([
    { outcome: 'applied', version: 1n },
    {
      outcome: 'unknown',
      cause: new Error('Key size is larger than the maximum key size (1978)'),
    },
    { outcome: 'applied', version: 2n },
  ]);
  await environment.close();
});

test('error: a path that is a file', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'file');
  await writeFile(path, '');
  await expect(openLmdbStore({ path, scope: 'test' })).rejects.toThrow(
    `The store cannot be opened.\nPlace: ${path}\nFound: EEXIST: file already exists, mkdir '${path}'`,
  );
});

test('error: a data file that is none', async () => {
  await using directory = await createStoreDirectory();
  await writeFile(join(directory.path, 'data.mdb'), Buffer.alloc(65_536, 7));
  await expect(openLmdbStore({ path: directory.path, scope: 'test' })).rejects.toThrow(
    `The store cannot be opened.\nPlace: ${directory.path}/data.mdb\nFound: not an LMDB data file of format 2\nFix: Name the directory of a store, or an empty one.`,
  );
});
