import type { Address } from '@snetkit/core';
import type { EscrowBalanceEvent, EscrowEvent } from './escrow-event.ts';
import { escrowEvents } from './escrow-events.ts';
import type { RawLog } from './raw-log.ts';

/**
 * Decodes a log of the escrow contract, of a receipt for example; undefined for logs of other
 * contracts (a deposit leaves those of the token first).
 *
 * @throws BaseError `RPC_ANSWER_INVALID` when the log has the topic of an event and not its form
 */
export function decodeEscrowEvent(
  log: RawLog,
  mpe: Address,
): EscrowEvent | EscrowBalanceEvent | undefined {
  return escrowEvents.decode(log, mpe);
}
