import type { Attempt } from '../client/attempt.ts';
import type { Slot } from '../client/channel-book.ts';
import type { Served } from '../service/flaky-service.ts';

/**
 * What is known of a delivery without asking the daemon. `served`: the client has it, and it must be
 * charged. `handed`: the client left by itself, or its connection was cut, when the first message was
 * on its way; the table of design.md charges it or not, by a moment nobody outside can see. `doubt`:
 * the connection was lost before anything came. `unserved`: it must not be charged.
 */
export type Truth = 'served' | 'handed' | 'doubt' | 'unserved';

const strength: readonly Truth[] = ['unserved', 'doubt', 'handed', 'served'];

/** The best of all attempts of one payment. */
export function truthOfSlot(
  { attempts }: Slot,
  { served, cutsWires }: { served: ReadonlyMap<string, Served>; cutsWires: boolean },
): Truth {
  const ranks = attempts.map((attempt) =>
    strength.indexOf(truthOf(attempt, served.get(attempt.id), cutsWires)),
  );
  return strength[Math.max(0, ...ranks)] ?? 'unserved';
}

/** How often a payment was delivered. */
export function countDeliveries({ attempts }: Slot, served: ReadonlyMap<string, Served>): number {
  return attempts.filter((attempt) => truthOf(attempt, served.get(attempt.id), false) === 'served')
    .length;
}

function truthOf(attempt: Attempt, served: Served | undefined, cutsWires: boolean): Truth {
  const { first, status, left, manner, plan } = attempt;
  if (served === undefined) return 'unserved'; // never reached the service
  if (status === 0) return first || plan === 'e0' ? 'served' : 'unserved';
  if (status !== undefined) return 'unserved';
  // Without a status: the client left, or lost its connection.
  const hasFailed = served.end === 'failed' || served.wasCut;
  if (first) return hasFailed ? (left || cutsWires ? 'handed' : 'doubt') : 'served';
  if (manner === 'leaveHeld' && !served.first) return 'unserved';
  if (!served.first && plan !== 'e0') return 'unserved';
  return left || cutsWires ? 'handed' : 'doubt';
}
