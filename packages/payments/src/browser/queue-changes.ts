import type { LedgerChange } from '../ledger/client-ledger.ts';
import type { LedgerRecord } from '../ledger/ledger-record.ts';

/** Applies all changes that wait to a record, one after the other; none when none of them wants to. */
export type ApplyAll = (record: LedgerRecord | undefined) => LedgerRecord | undefined;

/** Changes of one record, each with its own answer. */
export interface ChangeQueue {
  add<T>(change: (record: LedgerRecord | undefined) => LedgerChange<T>): Promise<T>;
}

interface WaitingChange {
  readonly apply: (record: LedgerRecord | undefined) => LedgerRecord | undefined;
  /** Answers whoever waits: as `apply` went, or with the error of the commit. */
  readonly settle: (commit: { error: unknown } | undefined) => void;
}

/**
 * Collects changes while a commit is under way, and commits them together: a flush of the disk takes
 * long, and many calls may start at once. Nobody gets an answer before his change is committed.
 */
export function queueChanges(commit: (applyAll: ApplyAll) => Promise<void>): ChangeQueue {
  let waiting: WaitingChange[] = [];
  let isBusy = false;

  async function work(): Promise<void> {
    isBusy = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const failure = await commit((record) => applyBatch(batch, record)).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      for (const { settle } of batch) settle(failure);
    }
    isBusy = false;
  }

  return {
    add<T>(change: (record: LedgerRecord | undefined) => LedgerChange<T>): Promise<T> {
      const answer = Promise.withResolvers<T>();
      let settle = () => {};
      waiting.push({
        apply(record) {
          try {
            const { record: next, result } = change(record);
            settle = () => answer.resolve(result);
            return next;
          } catch (error) {
            settle = () => answer.reject(error);
            return undefined;
          }
        },
        settle: (failure) => (failure === undefined ? settle() : answer.reject(failure.error)),
      });
      if (!isBusy) void work();
      return answer.promise;
    },
  };
}

function applyBatch(batch: readonly WaitingChange[], known: LedgerRecord | undefined) {
  let record = known;
  let changed: LedgerRecord | undefined;
  for (const { apply } of batch) {
    const next = apply(record);
    if (next === undefined) continue;
    record = next;
    changed = next;
  }
  return changed;
}
