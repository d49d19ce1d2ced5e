import { BaseError } from '@snetkit/core';
import type { Timers } from '../accounts/account-ports.ts';
import type { Store } from '../store/store.ts';
import {
  controlKey,
  decodeControl,
  type GroupControl,
  untouchedControl,
  type VersionedControl,
} from './control.ts';

/** Key that a restore of the store writes anew: versions before it and after it are not comparable. */
export const epochKey = 'epoch';

/** What all replicas of a group must see. */
export interface GroupState {
  readonly control: GroupControl;
  /** Version of the epoch; `0n` in a store that was never restored. */
  readonly epoch: bigint;
}

/** Follows what the replicas of a group tell each other. */
export interface GroupWatch {
  /** As it was last read. */
  readonly state: GroupState;
  /** Whether the last look succeeded, and was not long ago. */
  readonly isStoreReachable: boolean;
  /**
   * Looks now; callers at the same time share a look.
   *
   * @throws BaseError when the store does not answer in time
   */
  look(): Promise<GroupState>;
  /** Takes over what this replica has written itself: no look that began earlier undoes it. */
  adopt(written: VersionedControl): void;
  /** Called after each look that succeeded, and each own write, with the state before it; returns how to stop that. */
  subscribe(listener: (state: GroupState, before: GroupState) => void): () => void;
}

/** Options of {@link startGroupWatch}. */
export interface GroupWatchOptions {
  readonly store: Pick<Store, 'get'>;
  readonly timers: Timers;
  /** Milliseconds between two looks; 1,000 unless given. */
  readonly intervalMs?: number;
  /** Milliseconds that one look may take; 5,000 unless given. */
  readonly timeoutMs?: number;
  /** Ends the watch. */
  readonly signal: AbortSignal;
  /** Told when the store stops or starts to answer. */
  onReachable?(isReachable: boolean, cause?: unknown): void;
  /** Told of what a listener throws. */
  onFault(fault: unknown): void;
}

/**
 * The one poll of a replica for everything that its group shares: two reads a second. While the store
 * does not answer, the last known state holds: a stopped group stays stopped.
 */
export function startGroupWatch(options: GroupWatchOptions): GroupWatch {
  const { store, timers, intervalMs = 1_000, timeoutMs = 5_000, signal } = options;
  const { onReachable, onFault } = options;
  const listeners = new Set<(state: GroupState, before: GroupState) => void>();
  let state: GroupState = { control: untouchedControl, epoch: 0n };
  let controlVersion = 0n;
  let lookedAt = timers.now();
  let isReachable = true;
  let running: Promise<GroupState> | undefined;

  async function read(): Promise<[VersionedControl, bigint]> {
    const [control, epoch] = await Promise.all([store.get(controlKey), store.get(epochKey)]);
    const version = control?.version ?? 0n;
    return [{ control: decodeControl(control?.value), version }, epoch?.version ?? 0n];
  }

  /** Versions of a restored store begin anew; within an epoch they only grow. */
  function adopt({ control, version }: VersionedControl, epoch = state.epoch): void {
    const isNewer = version >= controlVersion || epoch !== state.epoch;
    const before = state;
    if (isNewer) {
      state = { control, epoch };
      controlVersion = version;
    }
    for (const listener of listeners) tell(() => listener(state, before));
  }

  function withDeadline<T>(reading: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const stop = timers.after(timeoutMs, () => reject(timedOut(timeoutMs)));
      reading.then(resolve, reject).finally(stop);
    });
  }

  async function lookOnce(): Promise<GroupState> {
    try {
      const [control, epoch] = await withDeadline(read());
      lookedAt = timers.now();
      setReachable(true);
      adopt(control, epoch);
      return state;
    } catch (cause) {
      setReachable(false, cause);
      throw cause;
    }
  }

  function setReachable(next: boolean, cause?: unknown): void {
    if (next === isReachable || signal.aborted) return;
    isReachable = next;
    tell(() => onReachable?.(next, cause));
  }

  function tell(call: () => void): void {
    try {
      call();
    } catch (fault) {
      onFault(fault);
    }
  }

  function look(): Promise<GroupState> {
    running ??= lookOnce().finally(() => {
      running = undefined;
    });
    return running;
  }

  function schedule(): void {
    const stop = timers.after(intervalMs, () => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) return;
      look().then(schedule, schedule);
    });
    signal.addEventListener('abort', stop, { once: true });
  }

  schedule();
  return {
    get state() {
      return state;
    },
    get isStoreReachable() {
      return isReachable && timers.now() - lookedAt <= intervalMs + timeoutMs;
    },
    look,
    adopt: (written) => adopt(written),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function timedOut(timeoutMs: number): BaseError {
  return new BaseError('STORE_UNAVAILABLE', 'The store did not tell of the group in time.', {
    expected: `an answer within ${timeoutMs} ms`,
  });
}
