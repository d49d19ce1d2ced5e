import { addInjections, type Injections, noInjections } from './injections.ts';
import type { SimulationOptions } from './options.ts';
import type { Scenario } from './scenarios.ts';
import { type SimulationResult, simulate } from './simulate.ts';

/** Schedules that are played at the same time: they share the turns of the event loop. */
const together = 24;

/** A schedule that broke an invariant. */
export interface Failure {
  readonly scenario: string;
  readonly options: SimulationOptions;
  readonly faults: readonly string[];
}

/** What came of many schedules. */
export interface Exploration {
  /** Schedules that were played to their end. */
  readonly schedules: number;
  readonly steps: number;
  readonly injected: Injections;
  /** The one with the lowest seed, when one failed. */
  readonly failure: Failure | undefined;
}

/** Which schedules are played. */
export interface ExploreOptions {
  readonly firstSeed: number;
  readonly count: number;
  /** Plays a schedule; another one than the ordinary plants a mutant. */
  readonly play?: (options: SimulationOptions) => Promise<SimulationResult>;
}

/** Plays the schedules of one kind until one fails. */
export async function explore(
  scenario: Scenario,
  { firstSeed, count, play = simulate }: ExploreOptions,
): Promise<Exploration> {
  const injected = noInjections();
  const end = firstSeed + count;
  let next = firstSeed;
  let schedules = 0;
  let steps = 0;
  let failure: Failure | undefined;

  function note(other: Failure): void {
    if (failure === undefined || other.options.seed < failure.options.seed) failure = other;
  }

  async function playOneByOne(): Promise<void> {
    while (next < end && failure === undefined) {
      const options = { ...scenario.options, seed: next };
      next += 1;
      const result = await play(options);
      schedules += 1;
      steps += result.steps;
      addInjections(injected, result.injected);
      if (result.faults.length > 0)
        note({ scenario: scenario.name, options, faults: result.faults });
    }
  }

  await Promise.all(Array.from({ length: Math.min(together, count) }, playOneByOne));
  return { schedules, steps, injected, failure };
}
