import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';
import { chainFaults } from './chain-faults.ts';
import type { Fault } from './fault.ts';
import { processFaults } from './process-faults.ts';
import { storeFaults } from './store-faults.ts';
import { wireFaults } from './wire-faults.ts';

const faults = [...processFaults, ...wireFaults, ...storeFaults, ...chainFaults];

/** A fault of a run, and when it strikes: milliseconds after the clients began. */
export interface PlannedFault {
  readonly fault: Fault;
  readonly atMs: number;
}

/** Up to three faults; three runs in four kill a daemon. */
export function chooseFaults(
  world: World,
  random: Random,
  loadMs: number,
): readonly PlannedFault[] {
  const fitting = faults.filter((fault) => fault.fits(world));
  const chosen = new Set<Fault>();
  const [kill] = processFaults;
  if (kill !== undefined && random.chance(0.6)) chosen.add(kill);
  for (let more = random.between(1, 2); more > 0; more -= 1)
    chosen.add(pickWeighted(fitting, random));
  return [...chosen].map((fault) => ({
    fault,
    atMs: random.between(50, Math.floor(loadMs * 0.75)),
  }));
}

function pickWeighted(list: readonly Fault[], random: Random): Fault {
  let left = random.next() * list.reduce((sum, { weight }) => sum + weight, 0);
  for (const fault of list) {
    left -= fault.weight;
    if (left < 0) return fault;
  }
  return list[0] as Fault;
}
