import { BaseError } from '@snetkit/core';
import type { LivingOwner } from '../group/find-living-owners.ts';
import type { OfficialLife } from './observe-official-store.ts';

/** What a user takes the word for, because nobody can know it. */
export interface ServiceWord {
  /** Held locks were left by a daemon that died. */
  readonly locksAreStale?: boolean;
  /** Living sessions belong to daemons of other groups. */
  readonly sessionsAreForeign?: boolean;
}

/**
 * Refuses to touch the state of a group while a replica of ours has it in its hands.
 *
 * @throws BaseError GROUP_IN_SERVICE
 */
export function refuseOwnService(owners: readonly LivingOwner[], place: string): void {
  if (owners.length === 0) return;
  throw new BaseError('GROUP_IN_SERVICE', 'A daemon serves this group.', {
    place,
    found: some(owners.map(({ description }) => description)),
    hint: 'Stop every daemon of the group, and run the command again.',
  });
}

/**
 * Refuses to touch the state of a group while an official daemon may serve it.
 *
 * @throws BaseError GROUP_IN_SERVICE
 */
export function refuseOfficialService(life: OfficialLife, place: string, word: ServiceWord): void {
  const refuse = (message: string, found: string, hint: string) => {
    throw new BaseError('GROUP_IN_SERVICE', message, { place, found, hint });
  };
  if (life.changed.length > 0) {
    refuse(
      'An official daemon serves this group: its keys change.',
      some(life.changed),
      'Stop every daemon of the group, and run the command again.',
    );
  }
  if (life.heldLocks.length > 0 && word.locksAreStale !== true) {
    refuse(
      'An official daemon may serve this group: locks are held.',
      some(life.heldLocks),
      'Stop every daemon of the group. If they are stopped, a daemon died in these calls: say --force-locks; the locks are not taken over.',
    );
  }
  if (life.sessions.length > 0 && word.sessionsAreForeign !== true) {
    refuse(
      'An official daemon lives on this etcd; nobody can see which group it serves.',
      `${life.sessions.length} sessions (leases ${some(life.sessions)})`,
      'Stop every daemon of the group. If those that live serve other groups, say --force-sessions.',
    );
  }
}

/** The first few. */
function some(things: readonly string[]): string {
  const shown = things.slice(0, 5).join(', ');
  return things.length > 5 ? `${shown} and ${things.length - 5} more` : shown;
}
