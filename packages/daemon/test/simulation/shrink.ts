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
const seedsTried = 150;
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
  const end = performance.now() + budgetMs;
  const hasTime = () => performance.now() < end;
  const play = (options: SimulationOptions, draws?: readonly number[]) =>
    simulate(options, { draws, isTraced: true, plant: plant?.() });
  const fails = ({ faults }: SimulationResult) => faults.length > 0 && kindOf(faults) === kind;

  let options = failure.options;
  for (let isSmaller = true; isSmaller && hasTime(); ) {
    isSmaller = false;
    for (const smaller of smallerOptions(options)) {
      const found = hasTime() ? await findSeed(smaller) : undefined;
      if (found === undefined) continue;
      options = found;
      isSmaller = true;
      break;
    }
  }

  async function findSeed(smaller: SimulationOptions): Promise<SimulationOptions | undefined> {
    for (let index = 0; index < seedsTried && hasTime(); index += 1) {
      const tried = { ...smaller, seed: failure.options.seed + index };
      if (fails(await play(tried))) return tried;
    }
    return undefined;
  }

  let best = await play(options);
  let draws = best.draws;
  async function attempt(tried: readonly number[]): Promise<boolean> {
    const result = await play(options, tried);
    if (!fails(result)) return false;
    best = result;
    draws = tried;
    return true;
  }
  for (let size = draws.length; size >= 1 && hasTime(); size = Math.floor(size / 2)) {
    // The end first: what comes after the last draw is calm anyway.
    while (draws.length > 0 && hasTime() && (await attempt(draws.slice(0, -size))));
    for (let from = 0; from < draws.length && hasTime(); from += size) {
      const to = Math.min(from + size, draws.length);
      if (draws.slice(from, to).every((draw) => draw === calm)) continue;
      await attempt(draws.map((draw, index) => (index >= from && index < to ? calm : draw)));
    }
  }
  return { ...failure, options, faults: best.faults, draws, trace: best.trace };
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
