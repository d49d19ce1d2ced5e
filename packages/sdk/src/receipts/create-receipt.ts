import {
  type Address,
  type BaseError,
  bytesToHex,
  paymentHeaders,
  paymentTypes,
} from '@snetkit/core';
import { CallError } from '../calls/call-error.ts';
import type { PaymentResult } from '../calls/watch-payment.ts';
import type { CallOutcome, CallReceipt, ReceiptAuthorization } from './call-receipt.ts';

/** What all calls of a client share. */
export type ReceiptHead = Pick<
  CallReceipt,
  'organizationId' | 'serviceId' | 'chainId' | 'mpe' | 'recipient' | 'payer'
> & {
  /** Signs payments. */
  readonly signer: Address;
  /** `true`: receipts hold the signature. */
  readonly isSigned: boolean;
};

/** One call that is over. */
export interface EndedCall {
  readonly path: string;
  readonly endpoint: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly outcome: CallOutcome;
  readonly error: BaseError | undefined;
  readonly payment: PaymentResult;
}

/** Writes the receipt of a call. */
export function createReceipt(
  { signer, isSigned, ...head }: ReceiptHead,
  { payment: { attempt, charged }, error, startedAt, ...call }: EndedCall,
): CallReceipt {
  const answered = call.outcome === 'answered' ? { code: 0, message: '' } : undefined;
  const authorization = isSigned ? readAuthorization(attempt, signer) : undefined;
  return {
    ...head,
    ...call,
    payment: attempt?.receipt,
    charged,
    status: error instanceof CallError ? error.status : answered,
    error: error?.code,
    startedAt: new Date(startedAt).toISOString(),
    ...(authorization && { authorization }),
  };
}

function readAuthorization(
  attempt: PaymentResult['attempt'],
  signer: Address,
): ReceiptAuthorization | undefined {
  const type = attempt?.receipt.type;
  if (attempt === undefined || (type !== paymentTypes.escrow && type !== paymentTypes.train)) {
    return undefined;
  }
  const signature = attempt.headers.find(([name]) => name === paymentHeaders.channelSignature)?.[1];
  if (!(signature instanceof Uint8Array)) return undefined;
  return { signer, signature: bytesToHex(signature) };
}
