import { afterAll, beforeAll, expect, test } from 'vitest';
import { hammer } from '../src/scenarios/hammer.ts';
import { startWorld } from '../src/world/start-world.ts';
import type { World } from '../src/world/world.ts';

let world: World;
/** A dead owner counts as alive for so long: whoever waited for that would wait this long. */
const leaseSeconds = 10;

beforeAll(async () => {
  world = await startWorld({ store: 'etcd1', leaseSeconds, fromSource: true });
});

afterAll(() => world?.stop());

test('behavior: 64 channels go on at the surviving replica, and the totals are exact', async () => {
  const { recoveryMs, ...result } = await hammer({
    ...{ world, seed: 'hammer', channels: 64, kills: 2, everyMs: 1_500 },
  });
  expect(result).toMatchObject({
    chargedNotServed: [],
    servedNotCharged: [],
    unusable: 0,
    violations: [],
  });
  expect(result.charged).toBe(result.delivered + result.handed);
  expect(result.charged).toBeGreaterThan(200);
  // Nobody waited for the lease of the dead one.
  for (const ms of recoveryMs) expect(ms).toBeLessThan((leaseSeconds - 2) * 1_000);
});
