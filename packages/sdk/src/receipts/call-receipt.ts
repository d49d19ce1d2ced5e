import type { Address, ErrorCode, Hex } from '@snetkit/core';
import type { PaymentReceipt, WireStatus } from '@snetkit/payments';

/**
 * What became of a call: `answered`; `failed`, see `error` and `status`; `left` by who read its stream.
 */
export type CallOutcome = 'answered' | 'failed' | 'left';

/** What one call was, what was signed for it, and how it ended. Amounts in cogs. */
export interface CallReceipt {
  readonly organizationId: string;
  readonly serviceId: string;
  /** `/package.Service/Method`. */
  readonly path: string;
  /** The daemon that was called. */
  readonly endpoint: string;
  readonly chainId: number;
  /** The escrow contract. */
  readonly mpe: Address;
  /** Whom the call pays. */
  readonly recipient: Address;
  /** Whose channel, quota or token it was. */
  readonly payer: Address;
  /** What was signed last for the call; undefined when nothing was. */
  readonly payment: PaymentReceipt | undefined;
  /** `unknown`: no answer came, and the next call finds out. */
  readonly charged: 'yes' | 'no' | 'unknown';
  readonly outcome: CallOutcome;
  /** As it came over the wire; undefined when none came. */
  readonly status: WireStatus | undefined;
  /** Code of the error that was thrown. */
  readonly error: ErrorCode | undefined;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Only with `signedReceipts`, and only where an amount was signed: it is as good as the money until it is claimed. */
  readonly authorization?: ReceiptAuthorization | undefined;
}

/** The client's own signature of the amount. */
export interface ReceiptAuthorization {
  /** Signer or sender of the channel. */
  readonly signer: Address;
  /** 65 bytes. */
  readonly signature: Hex;
}
