import { expect, test } from 'vitest';
import { createGate } from './create-gate.ts';

test('default: so many run at once, the others in their turn, failures included', async () => {
  const gate = createGate(2);
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 7 }, (_, i) =>
      gate.pass(async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (i === 3) throw new RangeError('three');
        return i;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(results.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual([
    0,
    1,
    2,
    'failed',
    4,
    5,
    6,
  ]);
});
