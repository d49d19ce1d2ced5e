import { PaymentRefusal } from '../call/payment-refusal.ts';
import { statusCode } from '../call/status.ts';

function refuse(message: string, cause?: unknown): PaymentRefusal {
  return new PaymentRefusal(statusCode.unknown, message, { cause });
}

/** No such channel, or it pays somebody else (daemon.md 4.7). */
export function refuseClaimUnknown(channelId: bigint): PaymentRefusal {
  return refuse(`channel Id ${channelId} was not found on blockchain or storage`);
}

/** Nothing was signed since the last claim (daemon.md 4.7). */
export function refuseClaimNothing(channelId: bigint): PaymentRefusal {
  return refuse(
    `authorized amount is zero , hence nothing to claim on the channel Id: ${channelId}`,
  );
}

/** The last claim has not landed yet (daemon.md 4.7; ledger.md, 11.10). */
export function refuseClaimBusy(channelId: bigint): PaymentRefusal {
  return refuse(`another transaction on channel: {ID: ${channelId}} is in progress`);
}

/** The store did not say what became of it: the claim may have started. */
export function refuseClaimUnsure(channelId: bigint, cause: unknown): PaymentRefusal {
  return refuse(
    `the store did not confirm the claim on the channel Id: ${channelId}; list the claims in progress before it is started again`,
    cause,
  );
}

/** The chain or the store cannot be read. */
export function refuseClaimUnreadable(channelId: bigint, cause: unknown): PaymentRefusal {
  return refuse(`channel Id ${channelId} cannot be read from blockchain or storage now`, cause);
}
