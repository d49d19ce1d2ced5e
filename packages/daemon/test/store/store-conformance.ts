import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { CommitItem, Store, StoredEntry } from '../../src/store/store.ts';

/** Makes stores that see each other's writes, as replicas of one group do. */
export interface StoreFixture {
  /** Owners live on a lease that the clock ends. */
  readonly hasLeases?: boolean;
  open(scope?: string): Promise<Store>;
  [Symbol.asyncDispose](): Promise<void>;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined) => value && new TextDecoder().decode(value);
const put = (key: string, value: string, version?: bigint): CommitItem => ({
  checks: version === undefined ? [] : [{ key, version }],
  writes: [{ key, value: bytes(value) }],
});

async function all(entries: AsyncIterable<StoredEntry>): Promise<StoredEntry[]> {
  const found: StoredEntry[] = [];
  for await (const entry of entries) found.push(entry);
  return found;
}

async function applied(store: Store, item: CommitItem): Promise<bigint> {
  const [outcome] = await store.commit([item]);
  if (outcome?.outcome !== 'applied') throw outcome;
  return outcome.version;
}

/** What every driver of the store must keep. */
export function testStoreConformance(name: string, setup: () => Promise<StoreFixture>): void {
  describe(name, () => {
    let fixture: StoreFixture | undefined;
    const start = async () => {
      fixture = await setup();
      return fixture;
    };
    afterEach(async () => {
      await fixture?.[Symbol.asyncDispose]();
      fixture = undefined;
    });

    test('default: what was applied is read with its version', async () => {
      const store = await (await start()).open();
      expect(await store.get('channel/1')).toBeUndefined();
      const version = await applied(store, put('channel/1', 'a', 0n));
      expect(version).toBeGreaterThan(0n);
      const entry = await store.get('channel/1');
      expect(entry?.version).toBe(version);
      expect(text(entry?.value)).toBe('a');
    });

    test('behavior: every write of a key has a higher version than all before', async () => {
      const store = await (await start()).open();
      const first = await applied(store, put('a', '1'));
      const outcomes = await store.commit([put('a', '2'), put('b', '1'), put('a', '3')]);
      const versions = outcomes.map((one) => (one.outcome === 'applied' ? one.version : undefined));
      expect(versions[0]).toBeGreaterThan(first);
      expect(versions[2]).toBeGreaterThan(versions[0] as bigint);
      expect((await store.get('a'))?.version).toBe(versions[2]);
      expect((await store.get('b'))?.version).toBe(versions[1]);
    });

    test('behavior: a version does not come back after a deletion', async () => {
      const fixture = await start();
      const store = await fixture.open();
      const first = await applied(store, put('a', '1', 0n));
      await applied(store, { checks: [], writes: [{ key: 'a', value: undefined }] });
      expect(await store.get('a')).toBeUndefined();
      const again = await fixture.open();
      const second = await applied(again, put('a', '1', 0n));
      expect(second).toBeGreaterThan(first);
      expect(await again.commit([put('a', '2', first)])).toEqual([{ outcome: 'conflict' }]);
    });

    test('behavior: each item of a batch has its own outcome', async () => {
      const store = await (await start()).open();
      const version = await applied(store, put('taken', 'theirs'));
      const outcomes = await store.commit([
        put('free', '1', 0n),
        put('taken', 'mine', 0n),
        put('taken', 'mine', version - 1n),
        put('other', '1', 0n),
        put('other', '2', 0n),
      ]);
      expect(outcomes.map((one) => one.outcome)).toEqual([
        'applied',
        'conflict',
        'conflict',
        'applied',
        'conflict',
      ]);
      expect(text((await store.get('taken'))?.value)).toBe('theirs');
      expect(text((await store.get('other'))?.value)).toBe('1');
    });

    test('behavior: an item applies whole or not at all', async () => {
      const store = await (await start()).open();
      const version = await applied(store, put('channel/1', 'n0'));
      const claim: CommitItem = {
        checks: [
          { key: 'channel/1', version },
          { key: 'claim/1/0', version: 0n },
        ],
        writes: [
          { key: 'channel/1', value: bytes('n1') },
          { key: 'claim/1/0', value: bytes('c') },
        ],
      };
      const both = await applied(store, claim);
      expect((await store.get('channel/1'))?.version).toBe(both);
      expect((await store.get('claim/1/0'))?.version).toBe(both);
      const [lost] = await store.commit([
        { checks: [{ key: 'claim/1/0', version: 0n }], writes: [...claim.writes] },
      ]);
      expect(lost).toEqual({ outcome: 'conflict' });
      expect((await store.get('channel/1'))?.version).toBe(both);
    });

    test('behavior: a write without a check always applies, one without writes too', async () => {
      const store = await (await start()).open();
      await applied(store, put('a', '1'));
      const version = await applied(store, put('a', '2'));
      await applied(store, { checks: [{ key: 'a', version }], writes: [] });
      expect(await store.commit([{ checks: [{ key: 'a', version: 0n }], writes: [] }])).toEqual([
        { outcome: 'conflict' },
      ]);
      expect((await store.get('a'))?.version).toBe(version);
      expect(await store.commit([])).toEqual([]);
    });

    test('behavior: lists a prefix in ascending order of bytes', async () => {
      const fixture = await start();
      const store = await fixture.open('scope');
      const neighbour = await fixture.open('scope2');
      const keys = ['channel/10', 'channel/2', 'channel/\u{1f600}', 'channel/\uffee', 'channel/'];
      await store.commit([...keys, 'channels', 'claim/1'].map((key) => put(key, key)));
      await neighbour.commit([put('channel/3', 'theirs')]);
      const listed = await all(store.list('channel/'));
      expect(listed.map(({ key }) => key)).toEqual([
        'channel/',
        'channel/10',
        'channel/2',
        'channel/\uffee',
        'channel/\u{1f600}',
      ]);
      expect(listed.map(({ value }) => text(value))).toEqual(listed.map(({ key }) => key));
      expect((await all(store.list(''))).length).toBe(7);
      expect(await all(store.list('nothing/'))).toEqual([]);
    });

    test('behavior: lists more than a page', async () => {
      const store = await (await start()).open();
      const keys = Array.from({ length: 1_000 }, (_, i) => `k/${String(i).padStart(4, '0')}`);
      await store.commit(keys.map((key) => put(key, key)));
      expect((await all(store.list('k/'))).map(({ key }) => key)).toEqual(keys);
    });

    test('behavior: loses none of 1000 concurrent increments', async () => {
      const fixture = await start();
      const stores = [await fixture.open(), await fixture.open()];
      const increment = async (store: Store) => {
        for (;;) {
          const entry = await store.get('counter');
          const next = Number(text(entry?.value) ?? 0) + 1;
          const [outcome] = await store.commit([
            put('counter', String(next), entry?.version ?? 0n),
          ]);
          if (outcome?.outcome === 'applied') return;
          expect(outcome).toEqual({ outcome: 'conflict' });
        }
      };
      await Promise.all(
        Array.from({ length: 40 }, async (_, i) => {
          for (let n = 0; n < 25; n += 1) await increment(stores[i % 2] as Store);
        }),
      );
      expect(text((await stores[0]?.get('counter'))?.value)).toBe('1000');
    });

    test('behavior: holds values from nothing to 1 MiB', async () => {
      const store = await (await start()).open();
      for (const size of [0, 1, 4_000, 5_000, 65_536, 1 << 20]) {
        const value = new Uint8Array(size).map((_, i) => (i * 31) & 255);
        await applied(store, { checks: [], writes: [{ key: 'big', value }] });
        expect(Buffer.compare((await store.get('big'))?.value ?? new Uint8Array(9), value)).toBe(0);
      }
    });

    test('behavior: a value read is the reader’s own, a value written the store’s', async () => {
      const store = await (await start()).open();
      const value = bytes('abc');
      await applied(store, { checks: [], writes: [{ key: 'a', value }] });
      value.fill(0);
      const first = await store.get('a');
      first?.value.fill(0);
      await store.get('b');
      expect(text((await store.get('a'))?.value)).toBe('abc');
    });

    test('behavior: any well-formed text is a key of its own', async () => {
      const store = await (await start()).open();
      const oddKey = fc.string({ unit: 'binary', maxLength: 60 });
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(oddKey, { maxLength: 12 }), async (keys) => {
          await store.commit(keys.map((key) => put(`odd/${key}`, key)));
          for (const key of keys) expect(text((await store.get(`odd/${key}`))?.value)).toBe(key);
          const listed = await all(store.list('odd/'));
          const expected = keys.map((key) => Buffer.from(`odd/${key}`)).sort(Buffer.compare);
          expect(listed.map(({ key }) => key)).toEqual(expected.map(String));
          await store.commit(
            keys.map((key) => ({ checks: [], writes: [{ key: `odd/${key}`, value: undefined }] })),
          );
        }),
        { numRuns: 60 },
      );
    });

    test('behavior: an owner lives until it is released', async () => {
      const fixture = await start();
      const [here, there] = [await fixture.open(), await fixture.open()];
      const owner = await here.openOwner();
      expect(owner.id).toMatch(/^[0-9a-f]{32}$/);
      if (fixture.hasLeases) expect(owner.deadline).toBeGreaterThan(performance.now());
      else expect(owner.deadline).toBe(Number.POSITIVE_INFINITY);
      expect(await here.isOwnerAlive(owner.id)).toBe(true);
      expect(await there.isOwnerAlive(owner.id)).toBe(true);
      const takeOver: CommitItem = { ...put('a', '1'), deadOwners: [owner.id] };
      expect(await there.commit([takeOver, put('b', '1')])).toEqual([
        { outcome: 'conflict' },
        expect.objectContaining({ outcome: 'applied' }),
      ]);
      await owner.release();
      await owner.release();
      expect(await here.isOwnerAlive(owner.id)).toBe(false);
      expect(await there.isOwnerAlive(owner.id)).toBe(false);
      await applied(there, takeOver);
    });

    test('behavior: an id that nobody ever had is dead', async () => {
      const store = await (await start()).open();
      for (const id of ['', '0'.repeat(32), '../../etc/passwd', 'x']) {
        expect(await store.isOwnerAlive(id)).toBe(false);
      }
      await applied(store, { ...put('a', '1'), deadOwners: ['', 'x'] });
    });

    test('behavior: closing releases the owners', async () => {
      const fixture = await start();
      const [here, there] = [await fixture.open(), await fixture.open()];
      const owner = await here.openOwner();
      await here.close();
      await here.close();
      expect(await there.isOwnerAlive(owner.id)).toBe(false);
    });

    test('behavior: what was asked before closing still gets its outcome', async () => {
      const fixture = await start();
      const store = await fixture.open();
      const asked = Array.from({ length: 50 }, (_, i) => store.commit([put(`k/${i}`, 'v')]));
      await store.close();
      for (const [outcome] of await Promise.all(asked)) expect(outcome?.outcome).toBe('applied');
      expect((await all((await fixture.open()).list('k/'))).length).toBe(50);
    });

    test('error: a closed store', async () => {
      const store = await (await start()).open();
      await store.close();
      await expect(store.get('a')).rejects.toThrow('The store is closed.');
      await expect(all(store.list('a'))).rejects.toThrow('The store is closed.');
      await expect(store.openOwner()).rejects.toThrow('The store is closed.');
      expect(await store.commit([put('a', '1')])).toEqual([
        { outcome: 'unknown', cause: expect.objectContaining({ code: 'STORE_CLOSED' }) },
      ]);
    });

    test('error: keys that cannot be written', async () => {
      const store = await (await start()).open('scope');
      await expect(store.get('\ud800')).rejects.toThrowErrorMatchingInlineSnapshot(`
        [BaseError: The store key is not well-formed text.
        Found: "\\ud800"]
      `);
      const long = put('k'.repeat(1_995), 'v');
      await expect(store.commit([long])).rejects.toThrowErrorMatchingInlineSnapshot(`
        [BaseError: The store key is too long.
        Expected: at most 2000 bytes with its scope
        Found: 2001 bytes]
      `);
      await applied(store, put('k'.repeat(1_994), 'v'));
    });
  });
}
