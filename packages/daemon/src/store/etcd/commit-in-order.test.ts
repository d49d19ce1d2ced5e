import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyItem, type ItemTable } from '../apply-item.ts';
import type { CommitItem, CommitOutcome } from '../store.ts';
import { commitInOrder } from './commit-in-order.ts';

const put = (key: string, version?: bigint): CommitItem => ({
  checks: version === undefined ? [] : [{ key, version }],
  writes: [{ key, value: new Uint8Array(1) }],
});

/** A store that does what etcd does with one transaction: compares everything, then writes. */
function createModel(entries = new Map<string, bigint>()) {
  let revision = 100n;
  const sent: CommitItem[][] = [];
  return {
    entries,
    sent,
    async send(items: readonly CommitItem[]): Promise<CommitOutcome[]> {
      sent.push([...items]);
      const keys = items.flatMap(({ writes }) => writes.map(({ key }) => key));
      if (new Set(keys).size < keys.length) throw new TypeError('duplicate key given');
      revision += 1n;
      const holds = items.map(({ checks }) =>
        checks.every(({ key, version }) => (entries.get(key) ?? 0n) === version),
      );
      return items.map(({ writes }, i) => {
        if (!holds[i]) return { outcome: 'conflict' };
        for (const { key, value } of writes) {
          if (value === undefined) entries.delete(key);
          else entries.set(key, revision);
        }
        return { outcome: 'applied', version: revision };
      });
    },
  };
}

test('default: items without a key in common share a request', async () => {
  const model = createModel();
  const outcomes = await commitInOrder([put('a', 0n), put('b', 0n), put('c', 1n)], model.send);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'conflict']);
  expect(model.sent.length).toBe(1);
});

test('behavior: an item that must lose against an earlier one is not sent', async () => {
  const model = createModel(new Map([['a', 7n]]));
  const outcomes = await commitInOrder([put('a', 7n), put('a', 7n), put('a', 0n)], model.send);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['applied', 'conflict', 'conflict']);
  expect(model.sent.length).toBe(1);
});

test('behavior: what one stale item shows holds for those with the same check', async () => {
  const model = createModel(new Map([['a', 8n]]));
  const outcomes = await commitInOrder([put('a', 7n), put('a', 7n), put('a', 8n)], model.send);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['conflict', 'conflict', 'applied']);
  expect(model.sent.length).toBe(2);
});

test('behavior: after an unknown outcome the next item on the key is asked about', async () => {
  const sent: (readonly CommitItem[])[] = [];
  const outcomes = await commitInOrder([put('a', 7n), put('a', 7n)], async (items) => {
    sent.push(items);
    return items.map(() => ({ outcome: 'unknown', cause: 'lost' }));
  });
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown']);
  expect(sent.length).toBe(2);
});

test('behavior: any list of items ends as if they had been applied one after the other', async () => {
  const key = fc.constantFrom('a', 'b', 'c');
  const anyItem: fc.Arbitrary<CommitItem> = fc.record({
    checks: fc.array(fc.record({ key, version: fc.constantFrom(0n, 1n, 2n) }), { maxLength: 2 }),
    writes: fc.uniqueArray(
      fc.record({ key, value: fc.constantFrom(new Uint8Array(1), undefined) }),
      { maxLength: 2, selector: (write) => write.key },
    ),
  });
  const anyStart = fc.dictionary(key, fc.constantFrom(1n, 2n));
  await fc.assert(
    fc.asyncProperty(fc.array(anyItem, { maxLength: 8 }), anyStart, async (items, start) => {
      const model = createModel(new Map(Object.entries(start)));
      const outcomes = await commitInOrder(items, model.send);
      const expected = applyOneByOne(items, new Map(Object.entries(start)));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(expected.outcomes);
      expect([...model.entries.keys()].sort()).toEqual([...expected.entries.keys()].sort());
    }),
    { numRuns: 2_000 },
  );
});

function applyOneByOne(items: readonly CommitItem[], entries: Map<string, bigint>) {
  let revision = 100n;
  const table: ItemTable = {
    getVersion: (key) => entries.get(key) ?? 0n,
    put: (key, _value, version) => void entries.set(key, version),
    remove: (key) => void entries.delete(key),
    nextVersion() {
      revision += 1n;
      return revision;
    },
  };
  return { entries, outcomes: items.map((one) => applyItem(table, one).outcome) };
}
