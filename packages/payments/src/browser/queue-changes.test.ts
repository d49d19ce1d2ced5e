import { expect, test } from 'vitest';
import type { LedgerRecord } from '../ledger/ledger-record.ts';
import { queueChanges } from './queue-changes.ts';

const record = (signed: bigint) => ({ signed }) as LedgerRecord;
const addOne = (known: LedgerRecord | undefined) => {
  const signed = (known?.signed ?? 0n) + 1n;
  return { record: record(signed), result: signed };
};

test('default: what comes during a commit is committed together, in order', async () => {
  const commits: (bigint | undefined)[] = [];
  let stored: LedgerRecord | undefined;
  const queue = queueChanges(async (applyAll) => {
    await Promise.resolve();
    const changed = applyAll(stored);
    stored = changed ?? stored;
    commits.push(changed?.signed);
  });
  const first = queue.add(addOne);
  const others = Array.from({ length: 9 }, () => queue.add(addOne));
  expect(await Promise.all([first, ...others])).toEqual(
    Array.from({ length: 10 }, (_, index) => BigInt(index + 1)),
  );
  expect(commits).toEqual([1n, 10n]);
  expect(await queue.add((known) => ({ result: known?.signed }))).toBe(10n);
  expect(commits).toEqual([1n, 10n, undefined]);
});

test('behavior: a change that throws spoils nobody else’s', async () => {
  let stored: LedgerRecord | undefined;
  const queue = queueChanges(async (applyAll) => {
    stored = applyAll(stored) ?? stored;
  });
  const wrong = queue.add(() => {
    throw new TypeError('on purpose');
  });
  const [one, two, three] = await Promise.allSettled([queue.add(addOne), wrong, queue.add(addOne)]);
  expect(one).toEqual({ status: 'fulfilled', value: 1n });
  expect(two).toMatchObject({ status: 'rejected', reason: { message: 'on purpose' } });
  expect(three).toEqual({ status: 'fulfilled', value: 2n });
});

test('error: nobody believes in a commit that failed', async () => {
  let isFailing = true;
  const queue = queueChanges(async (applyAll) => {
    applyAll(undefined);
    if (isFailing) throw new TypeError('the disk is full');
  });
  const all = await Promise.allSettled([queue.add(addOne), queue.add(addOne)]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isFailing = false;
  expect(await queue.add(addOne)).toBe(1n);
});
