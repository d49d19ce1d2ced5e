import { explore, type Failure } from '../explore.ts';
import { scenarios } from '../scenarios.ts';
import { simulate } from '../simulate.ts';
import type { Mutant } from './mutant.ts';

/** How a mutant was found. */
export interface MutantSearch {
  /** Schedules that were played, the one that found it included. */
  readonly schedules: number;
  readonly failure: Failure | undefined;
}

/** Schedules of one scenario before the next has a turn. */
const turn = 250;

/** Plays schedules with a mutant planted, until an invariant breaks. */
export async function findMutant(
  mutant: Mutant,
  { limit, firstSeed }: { limit: number; firstSeed: number },
): Promise<MutantSearch> {
  const chosen = scenarios.filter(({ name }) => mutant.scenarios.includes(name));
  chosen.sort((a, b) => mutant.scenarios.indexOf(a.name) - mutant.scenarios.indexOf(b.name));
  let schedules = 0;
  for (let round = 0; schedules < limit; round += 1) {
    for (const scenario of chosen) {
      const from = firstSeed + round * turn;
      const count = Math.min(turn, limit - schedules);
      const { failure } = await explore(scenario, {
        firstSeed: from,
        count,
        play: (options) => simulate(options, { plant: mutant.plant() }),
      });
      if (failure !== undefined) {
        return { schedules: schedules + failure.options.seed - from + 1, failure };
      }
      schedules += count;
    }
  }
  return { schedules, failure: undefined };
}
