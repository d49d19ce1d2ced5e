import { expect, test } from 'vitest';
import { findMutant } from './mutants/find-mutant.ts';
import { mutants } from './mutants/mutants.ts';

/** ledger.md, section 15: each must be found, and soon. */
const limit = 10_000;

for (const mutant of mutants) {
  test(`behavior: the mutant is found: ${mutant.name}`, { timeout: 300_000 }, async () => {
    const { schedules, failure } = await findMutant(mutant, { limit, firstSeed: 1 });
    expect(failure).toBeDefined();
    expect(schedules).toBeLessThan(limit);
  });
}
