import { expect, test } from 'vitest';
import { Watchers } from './watchers.ts';

function createWatchers() {
  const due: (() => void)[] = [];
  const watchers = new Watchers({
    after(_ms, callback) {
      due.push(callback);
      return () => {};
    },
  });
  return { watchers, due };
}

test('default: who finds something at once does not wait', async () => {
  const { watchers } = createWatchers();
  expect(await watchers.until(() => 7, { ms: 1 })).toBe(7);
  expect(watchers.size).toBe(0);
});

test('behavior: who waits looks again at each change, and one that is served wakes the others', async () => {
  const { watchers } = createWatchers();
  let places = 0;
  const take = () => {
    if (places === 0) return undefined;
    places -= 1;
    watchers.wake();
    return 'served';
  };
  const waiting = [1, 2].map(() => watchers.until(take, { ms: 1 }));
  expect(watchers.size).toBe(2);
  places = 2;
  watchers.wake();
  expect(await Promise.all(waiting)).toEqual(['served', 'served']);
  expect([places, watchers.size]).toEqual([0, 0]);
});

test('behavior: the end of the time, and a signal, end the wait', async () => {
  const { watchers, due } = createWatchers();
  const late = watchers.until(() => undefined, { ms: 1 });
  for (const callback of due) callback();
  expect(await late).toBeUndefined();
  const leaving = new AbortController();
  const left = watchers.until(() => undefined, { ms: 1, signal: leaving.signal });
  leaving.abort();
  expect(await left).toBeUndefined();
  const { signal } = leaving;
  expect(await watchers.until(() => 'never looked', { ms: 1, signal })).toBeUndefined();
  expect(watchers.size).toBe(0);
});
