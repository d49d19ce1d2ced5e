import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 10_000;

/**
 * Asks again what is refused: daemons look for new blocks a few times a second, and a block that
 * they do not know yet looks wrong to them.
 */
export async function untilAccepted<T>(ask: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(100);
    }
  }
}
