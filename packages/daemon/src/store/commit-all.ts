import { BaseError } from '@snetkit/core';
import type { CommitItem, Store } from './store.ts';

/** Items in one request. */
const batchSize = 64;

/**
 * Commits items one batch after the other, each item alone: for tools that fill a store which nobody
 * else writes.
 *
 * @throws BaseError STATE_CONFLICT when somebody else wrote after all, or the store's own error when it
 *   is not known what became of an item; items before it are applied, and the tool may be run again
 */
export async function commitAll(
  store: Pick<Store, 'commit'>,
  items: AsyncIterable<CommitItem> | Iterable<CommitItem>,
  options: { onProgress?(done: number): void } = {},
): Promise<number> {
  let batch: CommitItem[] = [];
  let done = 0;
  for await (const item of items) {
    batch.push(item);
    if (batch.length === batchSize) await flush();
  }
  await flush();
  return done;

  async function flush(): Promise<void> {
    const outcomes = await store.commit(batch);
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome.outcome === 'unknown') {
        throw BaseError.from(outcome.cause, 'STORE_UNAVAILABLE');
      }
      if (outcome.outcome === 'conflict') {
        throw new BaseError('STATE_CONFLICT', 'Somebody else wrote to the store meanwhile.', {
          place: batch[i]?.writes[0]?.key,
          hint: 'Stop every daemon of the group, and run the command again: it goes on where it stopped.',
        });
      }
    }
    done += batch.length;
    batch = [];
    options.onProgress?.(done);
  }
}
