import type { Owner, Store } from '../store/store.ts';
import type { Timers } from './account-ports.ts';

/** Pause between tries to become an owner again: 0.2 s, because no call can be charged meanwhile. */
const retryMs = 200;

/** In whose name this process writes, and what it knows of the other owners (ledger.md, section 8). */
export interface Ownership {
  /** The incarnation in whose name this replica acts now. */
  owner(): Owner;
  /** Whether an owner may still live, from memory alone. */
  isAlive(id: string): boolean;
  /**
   * Asks the store about the owners that memory takes for living.
   *
   * @throws BaseError when the store cannot be read
   */
  probe(ids: Iterable<string>): Promise<void>;
  /** Told when the owner is lost while the process lives: whatever runs must end as if it had died. */
  onLost(listener: () => void): void;
  /**
   * Gives the owner up for another as if it had been lost: what this process remembers of the store is
   * not to be trusted any more. Tried until the store lets it; nothing is admitted or handed over
   * meanwhile, since {@link Ownership.owner} passes for lost.
   */
  abandon(): Promise<void>;
  /** Gives the ownership up. */
  close(): Promise<void>;
}

/**
 * Takes a new owner id, and another one whenever it is lost.
 *
 * @throws BaseError when the store cannot be written
 */
export async function openOwnership(options: {
  store: Pick<Store, 'openOwner' | 'isOwnerAlive'>;
  timers: Timers;
}): Promise<Ownership> {
  const { store, timers } = options;
  const dead = new Set<string>(['']);
  const listeners: (() => void)[] = [];
  let owner = await store.openOwner();
  /** What the owner passes for from the moment in which it is given up. */
  let abandoned: Owner | undefined;
  let isClosed = false;
  watch(owner);

  function watch(watched: Owner): void {
    const onLost = () => {
      if (watched !== owner) return;
      for (const listener of listeners) listener();
      void replace(watched);
    };
    // One that is lost as soon as it is there is replaced, but not in a hurry.
    if (watched.lost.aborted) timers.after(retryMs, onLost);
    else watched.lost.addEventListener('abort', onLost, { once: true });
  }

  /** Tries until another owner is in its place; `false`: somebody else did it, or it is over. */
  async function replace(before: Owner): Promise<boolean> {
    const isOver = () => isClosed || owner !== before;
    while (!isOver()) {
      try {
        const next = await store.openOwner();
        if (isOver()) {
          await next.release();
          break;
        }
        dead.add(before.id);
        owner = next;
        abandoned = undefined;
        watch(next);
        return true;
      } catch {
        await new Promise<void>((resolve) => timers.after(retryMs, resolve));
      }
    }
    return false;
  }

  return {
    owner: () => abandoned ?? owner,
    isAlive: (id) => !dead.has(id),
    async probe(ids) {
      for (const id of new Set(ids)) {
        if (id === owner.id || dead.has(id)) continue;
        if (!(await store.isOwnerAlive(id))) dead.add(id);
      }
    },
    onLost(listener) {
      listeners.push(listener);
    },
    async abandon() {
      const before = owner;
      abandoned = {
        ...{ id: before.id, deadline: Number.NEGATIVE_INFINITY, lost: AbortSignal.abort() },
        release: before.release,
      };
      for (const listener of listeners) listener();
      // Lost meanwhile, it has been replaced already.
      if (!(await replace(before))) return;
      // Calls that began in its name since then end with it.
      for (const listener of listeners) listener();
      await before.release();
    },
    async close() {
      isClosed = true;
      await owner.release();
    },
  };
}
