import type { Random } from '../random.ts';
import type { World } from '../world/world.ts';
import { chainFaults } from './chain-faults.ts';
import { claimFault } from './claim-fault.ts';
import type { Fault } from './fault.ts';
import { processFaults } from './process-faults.ts';
import { storeFaults } from './store-faults.ts';
import { wireFaults } from './wire-faults.ts';

const faults = [...processFaults, ...wireFaults, ...storeFaults, ...chainFaults, claimFault];

/** A fault of a run, and when it strikes. */
export interface PlannedFault {
  readonly fault: Fault;
  /** When so many calls were begun: the same moment on a fast machine and on a busy one. */
  readonly atCall: number;
}

/** Up to three faults; most runs kill a daemon. */
export function chooseFaults(world: World, random: Random, calls: number): readonly PlannedFault[] {
  const fitting = faults.filter((fault) => fault.fits(world));
  const chosen = new Set<Fault>();
  const kills = processFaults.slice(0, 2);
  if (random.chance(0.6)) chosen.add(random.pick(kills));
  for (let more = random.between(1, 2); more > 0; more -= 1) {
    const fault = pickWeighted(fitting, random);
    const clashes = [...chosen].some(
      ({ name, excludes }) => excludes === fault.name || fault.excludes === name,
    );
    if (!clashes) chosen.add(fault);
  }
  const last = Math.floor(calls * 0.7);
  return [...chosen].map((fault) => ({ fault, atCall: random.between(5, last) }));
}

function pickWeighted(list: readonly Fault[], random: Random): Fault {
  let left = random.next() * list.reduce((sum, { weight }) => sum + weight, 0);
  for (const fault of list) {
    left -= fault.weight;
    if (left < 0) return fault;
  }
  return list[0] as Fault;
}
