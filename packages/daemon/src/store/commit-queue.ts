import { BaseError } from '@snetkit/core';
import type { CommitItem, CommitOutcome } from './store.ts';

/** Options of {@link createCommitQueue}. */
export interface CommitQueueOptions {
  /** Applies a batch; rejects when it cannot say what became of it. */
  readonly send: (items: readonly CommitItem[]) => Promise<readonly CommitOutcome[]>;
  /** Milliseconds after which a caller is told `unknown`. */
  readonly timeoutMs: number;
  /** Where, for error messages. */
  readonly place: string;
}

/** Gathers the items of concurrent callers, so that they share one transaction and one flush. */
export interface CommitQueue {
  commit(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]>;
  /** Takes no more, and resolves when everything taken has its outcome. */
  close(): Promise<void>;
}

interface Caller {
  readonly items: readonly CommitItem[];
  settle(outcomes: readonly CommitOutcome[]): void;
  timer?: NodeJS.Timeout;
}

/** The most items in one transaction; more wait for the next. */
const maxBatch = 4096;

/**
 * One batch runs at a time; whoever comes meanwhile waits for the next. A caller that waited too
 * long is told `unknown`; when its items were never sent, they never will be.
 */
export function createCommitQueue(options: CommitQueueOptions): CommitQueue {
  const { send, timeoutMs, place } = options;
  let waiting: Caller[] = [];
  let running: Promise<void> | undefined;
  let closed = false;

  function unknown(items: readonly CommitItem[], cause: unknown): CommitOutcome[] {
    return items.map(() => ({ outcome: 'unknown', cause }));
  }

  async function run(): Promise<void> {
    // Callers of the same turn share the first batch.
    await undefined;
    while (waiting.length > 0) {
      const batch = takeBatch();
      const items = batch.flatMap((caller) => caller.items);
      let outcomes: readonly CommitOutcome[];
      try {
        outcomes = await send(items);
      } catch (cause) {
        outcomes = unknown(items, cause);
      }
      let from = 0;
      for (const caller of batch) {
        caller.settle(outcomes.slice(from, from + caller.items.length));
        from += caller.items.length;
      }
    }
    running = undefined;
  }

  function takeBatch(): Caller[] {
    let items = 0;
    let callers = 0;
    for (const caller of waiting) {
      items += caller.items.length;
      if (callers > 0 && items > maxBatch) break;
      callers += 1;
    }
    return waiting.splice(0, callers);
  }

  function giveUp(caller: Caller): void {
    waiting = waiting.filter((other) => other !== caller);
    const cause = new BaseError('STORE_UNAVAILABLE', 'The store did not answer in time.', {
      place,
      expected: `an outcome within ${timeoutMs} ms`,
    });
    caller.settle(unknown(caller.items, cause));
  }

  return {
    commit(items) {
      if (closed) {
        const cause = new BaseError('STORE_CLOSED', 'The store is closed.', { place });
        return Promise.resolve(unknown(items, cause));
      }
      if (items.length === 0) return Promise.resolve([]);
      return new Promise((resolve) => {
        const caller: Caller = {
          items,
          settle(outcomes) {
            clearTimeout(caller.timer);
            resolve(outcomes);
          },
        };
        caller.timer = setTimeout(giveUp, timeoutMs, caller);
        waiting.push(caller);
        running ??= run();
      });
    },
    async close() {
      closed = true;
      const timeout = Promise.withResolvers<void>();
      const timer = setTimeout(timeout.resolve, timeoutMs);
      await Promise.race([running, timeout.promise]);
      clearTimeout(timer);
    },
  };
}
