import type { Address } from '@snetkit/core';
import type { RawLog } from './raw-log.ts';
import type { RegistryEvent } from './registry-event.ts';
import { registryEvents } from './registry-events.ts';

/**
 * Decodes a log of the registry, of a receipt for example; undefined for logs of other contracts.
 *
 * @throws BaseError `RPC_ANSWER_INVALID` when the log has the topic of an event and not its form
 */
export function decodeRegistryEvent(log: RawLog, registry: Address): RegistryEvent | undefined {
  return registryEvents.decode(log, registry);
}
