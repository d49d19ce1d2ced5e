import type { Failure } from './explore.ts';
import type { Plant } from './mutants/mutant.ts';
import type { SimulationOptions } from './options.ts';
import { drawSteps } from './scheduler.ts';
import { type SimulationResult, simulate } from './simulate.ts';

/** A failing schedule that nothing can be left out of any more, as far as was tried. */
export interface SmallFailure extends Failure {
  /** What chance decided; afterwards nothing unusual happens. */
  readonly draws: readonly number[];
  readonly trace: readonly string[];
}

/** How long it is tried. */
export interface ShrinkOptions {
  readonly budgetMs?: number;
  /** A planted mutant, made anew for each schedule. */
  readonly plant?: () => Plant;
}

/** Seeds that are tried with a smaller budget. */
const seedsTried = 192;
/** Schedules that are tried at the same time. */
const together = 32;
const calm = drawSteps - 1;

type Counts = 'kills' | 'losses' | 'claims' | 'outside' | 'timeouts' | 'reorganisations' | 'topUps';
type Chances = 'linger' | 'unknown' | 'outage' | 'greed' | 'leave' | 'priceChange' | 'cut';
const counts: readonly Counts[] = [
  'kills',
  'losses',
  'claims',
  'outside',
  'timeouts',
  'reorganisations',
  'topUps',
];
const chances: readonly Chances[] = [
  'linger',
  'unknown',
  'outage',
  'greed',
  'leave',
  'priceChange',
  'cut',
];

/** Makes a failing schedule smaller: first what may go wrong in it, then what chance decided. */
export async function shrink(
  failure: Failure,
  { budgetMs = 60_000, plant }: ShrinkOptions = {},
): Promise<SmallFailure> {
  const kind = kindOf(failure.faults);
  const play = (options: SimulationOptions, draws?: readonly number[], isTraced = false) =>
    simulate(options, { draws, isTraced, plant: plant?.() });
  const fails = ({ faults }: SimulationResult) => faults.length > 0 && kindOf(faults) === kind;
  const half = performance.now() + budgetMs / 2;
  const options = await shrinkOptions(failure.options, {
    fails: async (tried) => fails(await play(tried)),
    hasTime: () => performance.now() < half,
  });
  const long = await play(options, undefined, true);
  const end = performance.now() + budgetMs / 2;
  const draws = await shrinkDraws(long.draws, {
    fails: async (tried) => fails(await play(options, tried)),
    hasTime: () => performance.now() < end,
  });
  const { faults, trace } = await play(options, draws, true);
  return { ...failure, options, faults, draws, trace };
}

interface Trial<T> {
  fails(tried: T): Promise<boolean>;
  hasTime(): boolean;
}

/** Leaves out kinds of trouble, clients and calls, as long as some seed still fails. */
async function shrinkOptions(
  first: SimulationOptions,
  { fails, hasTime }: Trial<SimulationOptions>,
): Promise<SimulationOptions> {
  let options = first;
  for (let isSmaller = true; isSmaller && hasTime(); ) {
    isSmaller = false;
    for (const smaller of smallerOptions(options)) {
      if (!hasTime()) break;
      const tried = Array.from({ length: seedsTried }, (_, index) => ({
        ...smaller,
        seed: first.seed + index,
      }));
      const index = await findFirst(tried, fails);
      if (index < 0) continue;
      options = tried[index] as SimulationOptions;
      isSmaller = true;
      break;
    }
  }
  return options;
}

/** Cuts draws off at the end, and makes others calm, in ever smaller blocks. */
async function shrinkDraws(
  first: readonly number[],
  { fails, hasTime }: Trial<readonly number[]>,
): Promise<readonly number[]> {
  let draws = first;
  for (let size = draws.length; size >= 1 && hasTime(); size = Math.floor(size / 2)) {
    // The end first: what comes after the last draw is calm anyway.
    while (draws.length > size && hasTime() && (await fails(draws.slice(0, -size)))) {
      draws = draws.slice(0, -size);
    }
    for (let from = 0; from < draws.length && hasTime(); ) {
      const starts = Array.from({ length: together }, (_, index) => from + index * size);
      const tried = starts.map((start) => calmDown(draws, start, size));
      const index = await findFirst(tried, async (one) => one !== draws && fails(one));
      if (index < 0) from += size * together;
      else {
        draws = tried[index] as readonly number[];
        from = (starts[index] as number) + size;
      }
    }
  }
  return draws;
}

function calmDown(draws: readonly number[], from: number, size: number): readonly number[] {
  const isBlock = (index: number) => index >= from && index < from + size;
  if (!draws.some((draw, index) => isBlock(index) && draw !== calm)) return draws;
  return draws.map((draw, index) => (isBlock(index) ? calm : draw));
}

/** Index of the first that passes a test; several are tested at the same time. */
async function findFirst<T>(
  values: readonly T[],
  test: (value: T) => Promise<boolean>,
): Promise<number> {
  for (let from = 0; from < values.length; from += together) {
    const results = await Promise.all(values.slice(from, from + together).map(test));
    const index = results.indexOf(true);
    if (index >= 0) return from + index;
  }
  return -1;
}

/** The invariant that broke. */
function kindOf(faults: readonly string[]): string {
  return (faults[0] ?? '').split(':')[0] ?? '';
}

function* smallerOptions(options: SimulationOptions): Generator<SimulationOptions> {
  for (const name of counts) if (options[name] > 0) yield { ...options, [name]: 0 };
  for (const name of chances) if (options[name] > 0) yield { ...options, [name]: 0 };
  if (options.clients.length > 1) {
    for (const kind of options.clients) yield { ...options, clients: [kind] };
  }
  if (options.channels > 1) yield { ...options, channels: 1 };
  if (options.orphans > 0) yield { ...options, orphans: 0 };
  if (options.replicas > 1) yield { ...options, replicas: options.replicas - 1 };
  if (options.calls > 1) yield { ...options, calls: options.calls - 1 };
  for (const name of counts) {
    if (options[name] > 1) yield { ...options, [name]: options[name] - 1 };
  }
  if (options.plans.length > 1) {
    for (const plan of new Set(options.plans)) yield { ...options, plans: [plan] };
  }
}
