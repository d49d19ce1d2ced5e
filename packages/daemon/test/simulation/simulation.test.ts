import { expect, test } from 'vitest';
import type { SimulationOptions } from './options.ts';
import { type SimulationResult, simulate } from './simulate.ts';

/** Schedules of each kind; more of them search longer. */
const count = Number(process.env['SNETKIT_SCHEDULES'] ?? 300);

type Kind = Omit<SimulationOptions, 'seed'>;

const calm: Kind = {
  calls: 4,
  replicas: 1,
  kills: 0,
  losses: 0,
  claims: 0,
  outside: 0,
  unknown: 0,
  outage: 0,
  greed: 0,
  leave: 0.15,
  plans: ['unary', 'unary', 'stream', 'fails', 'failsLater', 'failsAtOnce'],
  prices: [1n, 2n],
  value: 1_000_000n,
  ahead: false,
  gap: false,
  shuffle: false,
  strictLiveness: false,
};
const rough: Kind = { ...calm, replicas: 2, kills: 2, unknown: 0.15, outage: 0.3 };

async function explore(kind: Kind): Promise<void> {
  const seen = { delivered: 0, starts: 0, outside: 0 };
  for (let seed = 1; seed <= count; seed += 1) {
    const result = await play({ ...kind, seed });
    seen.delivered += result.delivered;
    seen.starts += result.starts;
    seen.outside += result.outside;
    const report = { seed, faults: result.faults, trace: result.faults.length ? result.trace : [] };
    expect(report).toEqual({ seed, faults: [], trace: [] });
  }
  if (count < 50) return;
  // A simulation in which nothing happens finds nothing.
  expect(seen.delivered).toBeGreaterThan(count / 2);
  expect([seen.starts > 0, seen.outside > 0]).toEqual([kind.claims > 0, kind.outside > 0]);
}

async function play(options: SimulationOptions): Promise<SimulationResult> {
  try {
    return await simulate(options);
  } catch (error) {
    return { delivered: 0, starts: 0, outside: 0, faults: [String(error)], trace: [] };
  }
}

// The search may be made as long as one likes.
const timeout = 60_000 + count * 100;

test(
  'behavior: one replica, an official client, clients leave, upstreams fail',
  {
    timeout,
  },
  () => explore(calm),
);

test(
  'behavior: one replica, a client that signs ahead in any order, slow upstreams: all is served',
  {
    timeout,
  },
  () =>
    explore({
      ...calm,
      calls: 6,
      ahead: true,
      shuffle: true,
      leave: 0,
      strictLiveness: true,
      plans: ['unary', 'slow', 'slowFails', 'fails', 'stream'],
    }),
);

test(
  'behavior: two replicas die, commits of unknown outcome, claims of the provider and of others',
  {
    timeout,
  },
  () => explore({ ...rough, calls: 6, claims: 3, outside: 2 }),
);

test(
  'behavior: two replicas die, commits of unknown outcome, claims of the provider',
  {
    timeout,
  },
  () => explore({ ...rough, calls: 6, claims: 3 }),
);

test(
  'behavior: two replicas die, claims, a client that signs ahead and retries',
  {
    timeout,
  },
  () => explore({ ...rough, ahead: true, claims: 2 }),
);

test(
  'behavior: two replicas die, claims, a client that allows gaps and sends in any order',
  {
    timeout,
  },
  () =>
    explore({
      ...rough,
      ahead: true,
      gap: true,
      shuffle: true,
      calls: 6,
      claims: 2,
      outside: 1,
    }),
);

test(
  'behavior: leases are lost while their processes live, an official client',
  {
    timeout,
  },
  () => explore({ ...calm, replicas: 2, losses: 2, unknown: 0.1 }),
);

test(
  'behavior: leases are lost, a client sends a payment twice at once and again after it was served',
  {
    timeout,
  },
  () => explore({ ...calm, replicas: 2, losses: 2, unknown: 0.1, ahead: true, greed: 0.4 }),
);

test(
  'behavior: nobody dies, the store stays away, slow upstreams: all is served',
  {
    timeout,
  },
  () =>
    explore({
      ...rough,
      kills: 0,
      calls: 6,
      ahead: true,
      shuffle: true,
      leave: 0,
      strictLiveness: true,
      plans: ['unary', 'slow', 'slowFails', 'stream', 'failsLater'],
    }),
);

test(
  'behavior: methods that are free and methods that are not, an official client',
  {
    timeout,
  },
  () => explore({ ...calm, calls: 6, prices: [0n, 1n, 2n] }),
);

test(
  'behavior: methods that are free and methods that are not, gaps, any order',
  {
    timeout,
  },
  () => explore({ ...calm, calls: 6, prices: [0n, 1n, 2n], ahead: true, gap: true, shuffle: true }),
);

test(
  'behavior: an official client that never leaves: an official claim takes exactly what was served',
  {
    timeout,
  },
  () =>
    explore({
      ...calm,
      calls: 6,
      leave: 0,
      plans: ['stream', 'failsLater', 'failsLater', 'unary'],
    }),
);

test(
  'behavior: a channel with little money, claims, an official client',
  {
    timeout,
  },
  () => explore({ ...rough, calls: 8, claims: 3, value: 7n }),
);

test(
  'behavior: a channel with little money, claims, gaps',
  {
    timeout,
  },
  () => explore({ ...rough, calls: 8, claims: 2, value: 7n, ahead: true, gap: true }),
);
