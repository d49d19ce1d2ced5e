import { BaseError } from '@snetkit/core';
import { type FreeCaller, freeCallKey } from '../accounts/counter-key.ts';
import { decodeCounter, encodeCounter } from '../ledger/counter-codec.ts';
import type { Store } from '../store/store.ts';

/** Daemons that serve the caller meanwhile come in between now and then. */
const attempts = 100;

/**
 * Sets the calls that somebody has made to none. Daemons may run: what they commit later is counted
 * from there.
 *
 * @returns whether he had a counter at all
 * @throws BaseError `STORE_UNAVAILABLE`
 */
export async function resetFreeCalls(
  store: Pick<Store, 'get' | 'commit'>,
  caller: FreeCaller,
): Promise<boolean> {
  const key = freeCallKey(caller);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const stored = await store.get(key);
    if (stored === undefined) return false;
    const record = decodeCounter(stored.value, key);
    if (record.used === 0n) return true;
    // The marks stay: daemons find their own writes by them.
    const [outcome] = await store.commit([
      {
        checks: [{ key, version: stored.version }],
        writes: [{ key, value: encodeCounter({ ...record, used: 0n }) }],
      },
    ]);
    if (outcome?.outcome === 'applied') return true;
  }
  throw new BaseError('STORE_UNAVAILABLE', 'The free calls could not be reset.', {
    found: `${attempts} tries without success`,
    hint: 'Look after the store, then try again.',
  });
}
