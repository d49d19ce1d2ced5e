import type { Random } from '../random.ts';
import type { Manner } from './attempt.ts';

/** How a call shall go, on both sides. */
export interface CallChoice {
  /** What the service does; see `parsePlan`. */
  readonly plan: string;
  readonly manner: Manner;
  readonly keepsOpen: boolean;
  /** Milliseconds until the client leaves. */
  readonly leaveAfterMs?: number;
}

/** Nobody waits longer for an answer: 8 s. */
const patienceMs = 8_000;

/** Picks the fate of a call: most end well. */
export function chooseCall(random: Random): CallChoice {
  const keepsOpen = random.chance(0.2);
  const roll = random.next();
  const read = (plan: string): CallChoice => ({
    plan,
    manner: 'read',
    keepsOpen,
    leaveAfterMs: patienceMs,
  });
  if (roll < 0.2) return read('m,e0');
  if (roll < 0.42) return read('g,m,e0');
  if (roll < 0.55) return read(`w${random.between(1, 80)},m,e0`);
  if (roll < 0.66) return read(`m,w${random.between(1, 30)},m,w${random.between(1, 60)},m,e0`);
  if (roll < 0.68) return read('e0');
  if (roll < 0.74) return read(`w${random.between(0, 20)},e${random.pick([2, 13, 14])}`);
  if (roll < 0.8) return read(`m,w${random.between(1, 30)},e${random.pick([2, 13, 14])}`);
  if (roll < 0.82) return read('m,e14');
  if (roll < 0.83) return read(random.pick(['d', 'm,w10,d']));
  if (roll < 0.89) {
    return { plan: 'm,h', manner: 'leaveAfterFirst', keepsOpen, leaveAfterMs: patienceMs };
  }
  const leaveAfterMs = random.between(0, 60);
  if (roll < 0.95) return { plan: 'h', manner: 'leaveHeld', keepsOpen, leaveAfterMs };
  const plan = `w${random.between(0, 30)},m,w${random.between(1, 30)},m,e0`;
  return { plan, manner: 'leaveSometime', keepsOpen, leaveAfterMs };
}

/** The plainest of calls. */
export const plainCall: CallChoice = {
  plan: 'm,e0',
  manner: 'read',
  keepsOpen: false,
  leaveAfterMs: patienceMs,
};
