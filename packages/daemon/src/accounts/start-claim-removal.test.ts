import { expect, test, vi } from 'vitest';
import { startClaimRemoval } from './start-claim-removal.ts';

test('default: looks at once and after every minute, until it is ended', async () => {
  const pauses: { ms: number; callback: () => void }[] = [];
  let looks = 0;
  let calledOff = 0;
  const stop = startClaimRemoval({
    removeLanded: async () => {
      looks += 1;
    },
    timers: {
      after(ms, callback) {
        pauses.push({ ms, callback });
        return () => {
          calledOff += 1;
        };
      },
    },
  });
  for (const look of [1, 2]) {
    await vi.waitFor(() => expect(pauses).toHaveLength(1));
    expect(looks).toBe(look);
    const pause = pauses.pop();
    expect(pause?.ms).toBe(60_000);
    pause?.callback();
  }
  await vi.waitFor(() => expect(pauses).toHaveLength(1));
  stop();
  expect([looks, calledOff]).toEqual([3, 1]);
});

test('behavior: ended while it looks, it does not look again', async () => {
  const look = Promise.withResolvers<void>();
  let pauses = 0;
  const stop = startClaimRemoval({
    removeLanded: () => look.promise,
    timers: {
      after() {
        pauses += 1;
        return () => {};
      },
    },
  });
  stop();
  look.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  expect(pauses).toBe(0);
});
