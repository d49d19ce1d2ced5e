import { type CounterRecord, emptyCounter } from '../ledger/counter.ts';
import { decodeCounter } from '../ledger/counter-codec.ts';
import type { Store } from '../store/store.ts';

/** A counter with the version that a write must find. */
export interface CounterSnapshot {
  readonly record: CounterRecord;
  /** `0n` when the counter is not in the store. */
  readonly version: bigint;
}

/**
 * Reads a counter from the store; one that nobody has used is empty.
 *
 * @throws BaseError when the store cannot be read
 */
export async function readCounter(
  { store, counters }: { store: Store; counters: { storeReads: number } },
  key: string,
): Promise<CounterSnapshot> {
  counters.storeReads += 1;
  const stored = await store.get(key);
  if (stored === undefined) return { record: emptyCounter, version: 0n };
  return { record: decodeCounter(stored.value, key), version: stored.version };
}
