import { applyItem, type ItemTable } from './apply-item.ts';
import type { LmdbEnvironment } from './lmdb-environment.ts';
import type { CommitItem, CommitOutcome } from './store.ts';
import { encodeVersioned, readVersion } from './versioned-value.ts';

// No scope begins with a NUL, so no key can be this one.
const counterKey = Buffer.from('\0version');

/**
 * Applies a batch in one write transaction. When that certainly aborted (a full map), every item gets
 * a transaction of its own, so that one that does not fit takes no other with it. Runs in the writer
 * thread, because it waits for the disk.
 */
export function commitBatch(
  environment: LmdbEnvironment,
  items: readonly CommitItem[],
): CommitOutcome[] {
  try {
    return transact(environment, items);
  } catch (error) {
    if (error instanceof Aborted) {
      if (items.length > 1) return items.flatMap((item) => commitBatch(environment, [item]));
      return [{ outcome: 'unknown', cause: error.cause }];
    }
    return items.map(() => ({ outcome: 'unknown', cause: error }));
  }
}

/** Lets the next version be above this one, and above all that there were. */
export function raiseVersion(environment: LmdbEnvironment, atLeast: bigint): void {
  environment.transactionSync(() => {
    const counter = environment.getBinary(counterKey);
    if (counter !== undefined && counter.readBigUInt64BE() >= atLeast) return;
    putVersion(environment, atLeast);
  });
}

function putVersion(environment: LmdbEnvironment, version: bigint): void {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(version);
  environment.putSync(counterKey, bytes);
}

/** The transaction failed before it was asked to commit: nothing of it is left. */
class Aborted extends Error {}

function transact(environment: LmdbEnvironment, items: readonly CommitItem[]): CommitOutcome[] {
  return environment.transactionSync(() => {
    try {
      const counter = environment.getBinary(counterKey);
      const first = counter === undefined ? 0n : counter.readBigUInt64BE();
      let last = first;
      const table: ItemTable = {
        getVersion(key) {
          const bytes = environment.getBinaryFast(Buffer.from(key));
          return bytes === undefined ? 0n : readVersion(bytes);
        },
        put: (key, value, version) => {
          environment.putSync(Buffer.from(key), encodeVersioned(value, version));
        },
        remove: (key) => {
          environment.removeSync(Buffer.from(key));
        },
        nextVersion: () => ++last,
      };
      const outcomes = items.map((item) => applyItem(table, item));
      if (last !== first) putVersion(environment, last);
      return outcomes;
    } catch (cause) {
      throw new Aborted('The transaction was aborted.', { cause });
    }
  });
}
