import type { Address } from '@snetkit/core';
import type { RawLog } from './raw-log.ts';
import type { TokenEvent } from './token-event.ts';
import { tokenEvents } from './token-events.ts';

/**
 * Decodes a log of the token, of a receipt for example; undefined for logs of other contracts.
 *
 * @throws BaseError `RPC_ANSWER_INVALID` when the log has the topic of an event and not its form
 */
export function decodeTokenEvent(log: RawLog, token: Address): TokenEvent | undefined {
  return tokenEvents.decode(log, token);
}
