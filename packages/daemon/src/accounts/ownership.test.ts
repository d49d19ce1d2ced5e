import { BaseError } from '@snetkit/core';
import { expect, test } from 'vitest';
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

test('error: without a store the owner stays, and what is remembered goes', async () => {
  const store = createMemoryStore('test');
  let isDown = false;
  const cause = new BaseError('STORE_UNAVAILABLE', 'The store is away.');
  const flaky = {
    isOwnerAlive: (id: string) => store.isOwnerAlive(id),
    openOwner: () => (isDown ? Promise.reject(cause) : store.openOwner()),
  };
  const ownership = await openOwnership({ store: flaky, timers: systemTimers });
  const before = ownership.owner().id;
  let losses = 0;
  ownership.onLost(() => {
    losses += 1;
  });
  isDown = true;
  await expect(ownership.abandon()).rejects.toThrow('The store is away.');
  expect([ownership.owner().id, losses]).toEqual([before, 1]);
  await ownership.close();
});
