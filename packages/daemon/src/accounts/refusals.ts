import { PaymentRefusal } from '../call/payment-refusal.ts';
import { statusCode } from '../call/status.ts';
import type { ChannelRecord } from '../ledger/record.ts';
import { getTop } from '../ledger/top.ts';

/** Somebody else's call, or one of this client's own, holds the stretch (daemon.md 4.1, step 2). */
export function refuseBusy(channelId: bigint): PaymentRefusal {
  return new PaymentRefusal(
    statusCode.failedPrecondition,
    `another transaction on channel: {ID: ${channelId}} is in progress`,
  );
}

/** The amount does not continue what is consumed (daemon.md 4.1, step 10). */
export function refuseIncome(
  record: ChannelRecord,
  payment: { amount: bigint; price: bigint },
): PaymentRefusal {
  return new PaymentRefusal(
    statusCode.unauthenticated,
    `income ${payment.amount - getTop(record).amount} does not equal to price ${payment.price}`,
  );
}

/** The nonce is not the channel's (daemon.md 4.1, step 4). */
export function refuseNonce(latest: bigint, sent: bigint): PaymentRefusal {
  return new PaymentRefusal(
    statusCode.incorrectNonce,
    `incorrect payment channel nonce, latest: ${latest}, sent: ${sent}`,
  );
}

/** The channel cannot pay so much (daemon.md 4.1, step 9). */
export function refuseFunds(limit: bigint, amount: bigint): PaymentRefusal {
  return new PaymentRefusal(
    statusCode.unauthenticated,
    `not enough tokens on payment channel, channel amount: ${limit}, payment amount: ${amount}`,
  );
}

/** The payment cannot be made durable, or this replica may no longer speak for it (daemon.md 4.1, step 12). */
export function refuseStore(cause?: unknown): PaymentRefusal {
  return new PaymentRefusal(statusCode.internal, 'unable to store new payment channel state', {
    cause,
  });
}

/** Channel, chain and store do not explain each other, or cannot be read (daemon.md 4.1, step 3). */
export function refuseChannel(reason: string, cause?: unknown): PaymentRefusal {
  return new PaymentRefusal(statusCode.internal, `payment channel error: ${reason}`, { cause });
}
