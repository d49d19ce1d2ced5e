import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesToHex } from '@snetkit/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStoreDirectory } from '../../test/store/store-directory.ts';
import { readEpoch } from '../group/epoch.ts';
import { findLivingOwners } from '../group/find-living-owners.ts';
import { encodeReplica } from '../group/replica.ts';
import { encodeCounter } from '../ledger/counter-codec.ts';
import { type ChannelRecord, emptyRecord } from '../ledger/record.ts';
import {
  decodeChannelRecord,
  encodeChannelRecord,
  encodeClaimRecord,
} from '../ledger/record-codec.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { raiseSqliteVersion } from '../store/raise-sqlite-version.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { exportState } from './export-state.ts';
import { checkRestorable, restoreState } from './restore-state.ts';

const scope = 'snetkit/1/11155111/0x7e63/org/group';
const signature = new Uint8Array(65).fill(3);
const owner = 'ab'.repeat(16);

function channel(parts: Partial<ChannelRecord>): Uint8Array {
  return encodeChannelRecord({
    ...emptyRecord(7n, 3n),
    settledAmount: 10n,
    settledSignature: signature,
    open: [{ from: 1n, to: 2n }],
    entries: [
      { nonce: 3n, amount: 12n, price: 2n, signature, owner, call: 5n, committedAt: 1_700_000_000 },
    ],
    credit: 4n,
    ...parts,
  });
}

/** A store with one record of each kind. */
async function fill(store: Store): Promise<void> {
  await put(store, 'channel/7', channel({}));
  const claim = { channelId: 7n, nonce: 2n, amount: 9n, actual: 8n, signature, startedBlock: 3n };
  await put(store, 'claim/7/2', encodeClaimRecord(claim));
  await put(store, 'prepaid/7', encodeCounter({ planned: 5n, used: 2n, marks: [] }));
  await put(store, 'free/s/0xab/u%40x', encodeCounter({ planned: 0n, used: 2n, marks: [] }));
  await put(store, 'control/stopped', Uint8Array.of(8, 1));
  await put(store, 'something/of/later', Uint8Array.of(1, 2, 3));
}

async function put(store: Store, key: string, value: Uint8Array | undefined): Promise<void> {
  await store.commit([{ checks: [], writes: [{ key, value }] }]);
}

async function dump(store: Store): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for await (const { key, value } of store.list('')) found[key] = bytesToHex(value);
  return found;
}

async function restore(store: Store, path: string, options: { replaces?: boolean } = {}) {
  const file = await checkRestorable(path, scope);
  return restoreState({ store, path, file, replaces: false, ...options });
}

const write = (store: Store, path: string, replaces = false) =>
  exportState({ store, scope, path, replaces });

test('default: from one driver into the other, record for record', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  const source = await openSqliteStore({ path: join(directory.path, 'one'), scope });
  await fill(source);
  // Of processes, not of the group.
  const replica = {
    serviceId: 's',
    host: 'h',
    endpoint: '',
    version: 'v',
    startedAt: 1,
    processId: 2,
  };
  await put(source, `serving/${owner}`, encodeReplica(replica));
  const foot = await write(source, path);
  expect(foot).toMatchObject({ records: 6, highestVersion: '7' });

  const target = createMemoryStore(scope);
  expect(await restore(target, path)).toEqual({
    records: 6,
    written: 6,
    kept: 0,
    removed: 0,
    epoch: '2',
  });
  const { [`serving/${owner}`]: _, ...state } = await dump(source);
  const { epoch, ...restored } = await dump(target);
  expect(restored).toEqual(state);
  expect((await readEpoch(target)).epoch).toMatchObject({
    reason: expect.stringMatching(/^restore of the state of 20/),
  });
  await source.close();
});

test('behavior: only its owner may read the file, and nothing lies beside it', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  const store = createMemoryStore(scope);
  await fill(store);
  await write(store, path);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(directory.path)).toEqual(['state.jsonl']);
});

test('behavior: versions go on above those of the store that was exported', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  const source = createMemoryStore(scope);
  for (let i = 0; i < 40; i += 1) await put(source, 'channel/7', channel({ credit: BigInt(i) }));
  await write(source, path);
  const place = join(directory.path, 'new');
  const { foot } = await checkRestorable(path, scope);
  raiseSqliteVersion(place, BigInt(foot.highestVersion));
  const target = await openSqliteStore({ path: place, scope });
  await restore(target, path);
  expect((await target.get('channel/7'))?.version).toBeGreaterThan(40n);
  await target.close();
  // Never down again.
  raiseSqliteVersion(place, 1n);
  const again = await openSqliteStore({ path: place, scope });
  await put(again, 'channel/8', undefined);
  const [outcome] = await again.commit([{ checks: [], writes: [] }]);
  expect(outcome).toMatchObject({ outcome: 'applied', version: 45n });
  await again.close();
});

test('behavior: owners of the file live nowhere: what they had not settled is honoured', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  const source = createMemoryStore(scope);
  const living = await source.openOwner();
  const entry = { nonce: 3n, amount: 12n, price: 2n, signature, call: 5n, committedAt: 1 };
  await put(source, 'channel/7', channel({ entries: [{ ...entry, owner: living.id }] }));
  await write(source, path);
  const target = await openSqliteStore({ path: join(directory.path, 'new'), scope });
  await restore(target, path);
  const stored = await target.get('channel/7');
  const record = decodeChannelRecord(stored?.value ?? new Uint8Array(), '');
  expect(record.entries.map((one) => one.owner)).toEqual([living.id]);
  expect(await target.isOwnerAlive(living.id)).toBe(false);
  await target.close();
});

test('behavior: a restore that broke off is run again, and the epoch grows beyond both', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  const source = createMemoryStore(scope);
  await fill(source);
  await write(source, path);
  const target = createMemoryStore(scope);
  await put(target, 'channel/7', channel({}));
  expect(await restore(target, path)).toMatchObject({ written: 5, kept: 1, epoch: '2' });
  expect(await restore(target, path)).toMatchObject({ written: 0, kept: 6, epoch: '4' });
  await write(target, path, true);
  expect(await restore(createMemoryStore(scope), path)).toMatchObject({ epoch: '6' });
});

test('behavior: what the store has otherwise goes only when it is told to', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  const source = createMemoryStore(scope);
  await fill(source);
  await write(source, path);
  const target = createMemoryStore(scope);
  await put(target, 'channel/7', channel({ settledAmount: 11n }));
  await put(target, 'channel/9', channel({ channelId: 9n }));
  const before = await dump(target);
  await expect(restore(target, path)).rejects.toThrow(
    'The store has records that the file does not have so.\nPlace: channel/7\nFound: 2 records\nFix: Restore into an empty store. To let these records go, export them first, and then say --replace.',
  );
  expect(await dump(target)).toEqual(before);
  expect(await restore(target, path, { replaces: true })).toMatchObject({ written: 6, removed: 1 });
  const { epoch, ...restored } = await dump(target);
  expect(restored).toEqual(await dump(source));
});

test('error: another daemon writes while the store is read', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  const store = createMemoryStore(scope);
  await fill(store);
  const busy: Store = {
    ...store,
    async *list(prefix) {
      yield* store.list(prefix);
      await put(store, 'channel/7', channel({ credit: 0n }));
    },
  };
  await expect(write(busy, path)).rejects.toThrow(
    'The store changed while it was read.\nFound: a daemon, or another tool, that writes to it\nFix: Stop every daemon of the group, and run the command again.',
  );
  expect(await readdir(directory.path)).toEqual([]);
});

test('error: a file is never overwritten without a word', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  await writeFile(path, 'mine');
  const store = createMemoryStore(scope);
  await expect(write(store, path)).rejects.toThrow(
    `There is a file of this name already.\nPlace: ${path}\nFix: Choose another name, or replace the file with --force.`,
  );
  expect(await readFile(path, 'utf8')).toBe('mine');
  await write(store, path, true);
  expect((await checkRestorable(path, scope)).foot.records).toBe(0);
});

test('error: a directory that is not there', async () => {
  const store = createMemoryStore(scope);
  await expect(write(store, '/nowhere/state')).rejects.toThrow(
    /^The state file cannot be written\.\nPlace: \/nowhere\/state\nFound: ENOENT: no such file or directory, open '\/nowhere\/\.state\.[0-9a-f]{12}'$/,
  );
});

test('error: the state of another group', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  await write(createMemoryStore(scope), path);
  await expect(checkRestorable(path, `${scope}2`)).rejects.toThrow(
    `The state file belongs to another group.\nPlace: ${path}\nExpected: ${scope}2\nFound: ${scope}`,
  );
});

test('error: any damage and any cut is seen before a record is written', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  const store = createMemoryStore(scope);
  await fill(store);
  await write(store, path);
  const whole = await readFile(path);
  const damage = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255), cuts: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, byte, cuts }) => {
      const bytes = Buffer.from(whole);
      // The end of the last line is no part of its meaning.
      fc.pre(cuts ? at < whole.length - 1 : bytes[at] !== byte && at < whole.length - 1);
      bytes[at] = byte;
      await writeFile(path, cuts ? whole.subarray(0, at) : bytes);
      const failure = await checkRestorable(path, scope).catch((error) => error);
      expect(failure).toMatchObject({
        code: expect.stringMatching(/^(STATE_FILE|STORE_VALUE)_INVALID$/),
      });
      expect(failure.message).toContain(path);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['nothing', '', 'nothing'],
  ['another kind', '{"format":"tar"}\n', 'another kind of file'],
  ['a later format', '{"format":"snetkit-state","version":2}\n', 'version 2 of the format'],
  [
    'no last line',
    `{"format":"snetkit-state","version":1,"scope":"${scope}","store":"sqlite","exportedAt":"x","epoch":"0"}\n`,
    'no last line: the file is cut off',
  ],
])('error: a file with %s', async (_, text, found) => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  await writeFile(path, text);
  await expect(checkRestorable(path, scope)).rejects.toThrow(`Found: ${found}`);
});

test('error: a file that is not there, or that nobody may read', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'state.jsonl');
  await expect(checkRestorable(path, scope)).rejects.toThrow(
    `The state file cannot be used.\nPlace: ${path}\nFound: ENOENT: no such file or directory, open '${path}'`,
  );
  await write(createMemoryStore(scope), path);
  await chmod(path, 0);
  if (process.getuid?.() === 0) return;
  await expect(checkRestorable(path, scope)).rejects.toThrow('EACCES');
});

test('behavior: living owners are found, registered or not', async () => {
  await using directory = await createStoreDirectory();
  const path = join(directory.path, 'store');
  const store = await openSqliteStore({ path, scope });
  const look = () => findLivingOwners({ store, directory: path });
  expect(await look()).toEqual([]);
  const one = await store.openOwner();
  expect(await look()).toEqual([
    {
      id: one.id,
      description: 'a snetd that has not registered (it starts, or serves another group from here)',
    },
  ]);
  const replica = {
    serviceId: 's',
    host: 'h',
    endpoint: '',
    version: 'v',
    startedAt: 1,
    processId: 2,
  };
  await put(store, `serving/${one.id}`, encodeReplica(replica));
  expect(await look()).toEqual([{ id: one.id, description: 'snetd of service s on h, process 2' }]);
  await one.release();
  expect(await look()).toEqual([]);
  await store.close();
});
