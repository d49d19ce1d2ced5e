import { BaseError } from '@snetkit/core';
import { expect, test, vi } from 'vitest';
import { createMemoryStore } from '../store/memory-store.ts';
import { systemTimers } from './account-ports.ts';
import { openOwnership } from './ownership.ts';

test('behavior: an owner that is abandoned is dead, and another one in its place', async () => {
  const store = createMemoryStore('test');
  const ownership = await openOwnership({ store, timers: systemTimers });
  const before = ownership.owner().id;
  const owners: string[] = [];
  ownership.onLost(() => owners.push(ownership.owner().id));
  await ownership.abandon();
  const { id } = ownership.owner();
  expect(id).not.toBe(before);
  // What began while the next one was opened ends as well.
  expect(owners).toEqual([before, id]);
  expect([ownership.isAlive(before), ownership.isAlive(id)]).toEqual([false, true]);
  expect([await store.isOwnerAlive(before), await store.isOwnerAlive(id)]).toEqual([false, true]);
  await ownership.close();
  expect(await store.isOwnerAlive(id)).toBe(false);
});

test('behavior: without a store nothing is admitted until another owner is there', async () => {
  const store = createMemoryStore('test');
  const cause = new BaseError('STORE_UNAVAILABLE', 'The store is away.');
  let refusals = 0;
  const flaky = {
    isOwnerAlive: (id: string) => store.isOwnerAlive(id),
    openOwner: () => {
      if (refusals === 0) return store.openOwner();
      refusals -= 1;
      return Promise.reject(cause);
    },
  };
  const waiting: (() => void)[] = [];
  const timers = {
    ...systemTimers,
    after: (_: number, callback: () => void) => {
      waiting.push(callback);
      return () => {};
    },
  };
  const ownership = await openOwnership({ store: flaky, timers });
  const before = ownership.owner();
  refusals = 2;
  const abandoned = ownership.abandon();
  for (const left of [1, 0]) {
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    expect(refusals).toBe(left);
    const { id, lost, deadline } = ownership.owner();
    expect([id, lost.aborted, deadline]).toEqual([before.id, true, Number.NEGATIVE_INFINITY]);
    waiting.pop()?.();
  }
  await abandoned;
  const { id, lost } = ownership.owner();
  expect([id === before.id, lost.aborted]).toEqual([false, false]);
  expect([await store.isOwnerAlive(before.id), await store.isOwnerAlive(id)]).toEqual([
    false,
    true,
  ]);
  await ownership.close();
});
