import type { FreeCaller } from '../accounts/counter-key.ts';
import { decodeCounter } from '../ledger/counter-codec.ts';
import type { Store } from '../store/store.ts';

/** A free caller with the calls that he has made. */
export interface CountedCaller extends FreeCaller {
  readonly made: bigint;
}

/**
 * Everybody who has called for free, of all services of the group.
 *
 * @throws BaseError when the store cannot be read, or a counter in it
 */
export async function* listFreeCallers(store: Pick<Store, 'list'>): AsyncIterable<CountedCaller> {
  for await (const { key, value } of store.list('free/')) {
    const [, serviceId = '', address = '', userId = ''] = key.split('/');
    yield {
      serviceId: decodeURIComponent(serviceId),
      address,
      userId: decodeURIComponent(userId),
      made: decodeCounter(value, key).used,
    };
  }
}
