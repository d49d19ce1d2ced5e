import { type Address, BaseError } from '@snetkit/core';
import { decodeEscrowEvent } from '../events/decode-escrow-event.ts';
import type { ChannelOpenEvent } from '../events/escrow-event.ts';
import type { TransactionReceipt } from '../transactions/receipt.ts';

/**
 * The channel that a transaction opened, from the escrow's own event (the deposit leaves events of the
 * token first). Inside this package only.
 *
 * @throws BaseError `EVENT_MISSING`
 */
export function readOpenedChannel(receipt: TransactionReceipt, mpe: Address): ChannelOpenEvent {
  for (const log of receipt.logs) {
    const event = decodeEscrowEvent(log, mpe);
    if (event?.type === 'ChannelOpen') return event;
  }
  throw new BaseError('EVENT_MISSING', 'The transaction opened no channel.', {
    place: `MultiPartyEscrow at ${mpe}`,
    expected: 'an event ChannelOpen',
    found: `transaction ${receipt.transactionHash} with ${receipt.logs.length} other events`,
  });
}
