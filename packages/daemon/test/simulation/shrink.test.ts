import { expect, test } from 'vitest';
import { findMutant } from './mutants/find-mutant.ts';
import { mutants } from './mutants/mutants.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

test('behavior: a failing schedule becomes a short one that fails in the same way, again and again', {
  timeout: 120_000,
}, async () => {
  const mutant = mutants.find(({ name }) => name === "entries cleared by anybody's next commit");
  if (mutant === undefined) throw new Error('the mutant is gone');
  const { failure } = await findMutant(mutant, { limit: 10_000, firstSeed: 1 });
  if (failure === undefined) throw new Error('the mutant was not found');
  const long = await simulate(failure.options, { isTraced: true, plant: mutant.plant() });
  const small = await shrink(failure, { budgetMs: 10_000, plant: mutant.plant });
  expect(small.trace.length).toBeLessThan(long.trace.length);
  const { options, draws } = small;
  const again = await simulate(options, { isTraced: true, draws, plant: mutant.plant() });
  expect([again.faults, again.trace]).toEqual([small.faults, small.trace]);
  const right = await simulate(options, { draws });
  expect(right.faults).toEqual([]);
});
