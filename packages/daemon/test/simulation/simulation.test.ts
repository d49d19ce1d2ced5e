import { expect, test } from 'vitest';
import { explore } from './explore.ts';
import { scenarios } from './scenarios.ts';

/** Schedules in all; more of them search longer. `npm run simulate` is the long search. */
const schedules = Number(process.env['SNETKIT_SCHEDULES'] ?? 2_000);

const shares = scenarios.reduce((sum, { share }) => sum + share, 0);

// The search may be made as long as one likes.
const timeout = 60_000 + schedules * 100;

for (const scenario of scenarios) {
  test(`behavior: ${scenario.name}: ${scenario.about}`, { timeout }, async () => {
    const count = Math.max(5, Math.round((schedules * scenario.share) / shares));
    const { injected, failure } = await explore(scenario, { firstSeed: 1, count });
    expect(failure).toBeUndefined();
    // A simulation in which nothing happens finds nothing.
    expect(injected.delivered).toBeGreaterThan(count / 2);
  });
}
