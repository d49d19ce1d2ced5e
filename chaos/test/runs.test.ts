import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runOnce } from '../src/run/run-once.ts';
import { addUp } from '../src/run/total.ts';
import { startWorld } from '../src/world/start-world.ts';
import type { World } from '../src/world/world.ts';

let world: World | undefined;

afterEach(() => world?.stop());

// All of `npm run chaos` is this, more often: `npm run chaos -- --runs 500`.
test.each([
  ['sqlite', 4],
  ['etcd1', 2],
  ['etcd3', 2],
] as const)(
  'behavior: %s, %i seeded runs: nothing charged but not served, nothing served but not charged, every channel usable',
  async (store, runs) => {
    world = await startWorld({ store, fromSource: true });
    const results = [];
    for (let index = 0; index < runs; index += 1) {
      const result = await runOnce({
        world,
        seed: `test/${store}/${index}`,
        calls: 150,
        // What is asked here is whether they can be used, not how fast this machine is today.
        usableMs: 20_000,
        historyDirectory: join(tmpdir(), `snetkit-chaos-${process.pid}`),
      });
      results.push(result);
    }
    const total = addUp(world.kind, results);
    expect(total).toMatchObject({
      chargedNotServed: 0,
      servedNotCharged: 0,
      unusable: 0,
      violations: [],
    });
    expect(total.kills).toBeGreaterThan(0);
    expect(total.charged).toBe(total.delivered + total.handed);
  },
  240_000,
);
