import { setTimeout as sleep } from 'node:timers/promises';
import type { OfficialGroup } from './official-keys.ts';
import type { OfficialStore } from './official-store.ts';
import { type OfficialState, readOfficialState } from './read-official-state.ts';

/** What tells that an official daemon lives. */
export interface OfficialLife {
  /** Keys of the group that were written while we looked: proof. */
  readonly changed: readonly string[];
  /** Locks that were held all the time: a call that runs, or a daemon that died in one. */
  readonly heldLocks: readonly string[];
  /** Sessions that outlived their own time to live: a daemon of this or of another group. */
  readonly sessions: readonly string[];
}

/** Options of {@link observeOfficialStore}. */
export interface ObserveOptions {
  readonly store: OfficialStore;
  readonly group: OfficialGroup;
  /** How long to look; a session of a dead daemon is gone after 10 s. */
  readonly observeMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the group's state twice. The official daemon registers nowhere, so its life shows only in what
 * it does: writes for every call, locks while one runs, one session without a key.
 *
 * @returns the later state, and what moved between the two
 * @throws BaseError when the store cannot be read; the reason of `signal`
 */
export async function observeOfficialStore(
  options: ObserveOptions,
): Promise<{ state: OfficialState; life: OfficialLife }> {
  const { store, group, observeMs, signal } = options;
  const early = await readOfficialState(store, group);
  const earlySessions = new Set(observeMs > 0 ? await store.listSessions() : []);
  if (observeMs > 0) await sleep(observeMs, undefined, { signal });
  const state = observeMs > 0 ? await readOfficialState(store, group) : early;
  const sessions = observeMs > 0 ? await store.listSessions() : [];
  return {
    state,
    life: {
      changed: listChanges(early, state),
      heldLocks: state.heldLocks.map(({ name }) => name),
      sessions: sessions.filter((id) => earlySessions.has(id)),
    },
  };
}

/** Keys that were written, made or removed between two looks. */
export function listChanges(
  before: Pick<OfficialState, 'versions'>,
  after: Pick<OfficialState, 'versions'>,
): readonly string[] {
  const keys = new Set([...before.versions.keys(), ...after.versions.keys()]);
  return [...keys].filter((key) => before.versions.get(key) !== after.versions.get(key));
}
