import type { PaymentReceipt } from '@snetkit/payments';
import type { CallReceipt } from '../receipts/call-receipt.ts';

/** How one call is made. */
export interface CallOptions {
  /** Cancels the call. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for the whole call, opening a channel included; ten minutes when not given, 0 for no limit. */
  readonly timeoutMs?: number | undefined;
  /** Request metadata for the service. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Told what the call cost, once it is charged. */
  readonly onPayment?: ((receipt: PaymentReceipt) => void) | undefined;
  /** Told once when the call is over, whatever became of it. */
  readonly onReceipt?: ((receipt: CallReceipt) => void) | undefined;
}

/** Milliseconds that a call may take unless its caller says otherwise. */
export const defaultTimeoutMs = 600_000;
