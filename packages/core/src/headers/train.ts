import { type EscrowHeaders, encodeClaim, parseEscrowHeaders } from './escrow.ts';
import type { GetHeader, HeaderEntry } from './header-entry.ts';
import { paymentHeaders, paymentTypes } from './names.ts';
import { readOptionalTextHeader } from './read-header.ts';

/** A training payment as headers carry it. */
export interface TrainHeaders extends EscrowHeaders {
  /** Model that is trained or validated; decides the price. */
  readonly modelId: string | undefined;
}

/** Headers of a training payment. `mpe` is only needed by daemons that run without a chain. */
export function encodeTrainHeaders(
  payment: EscrowHeaders & { readonly modelId: string; readonly mpe?: string | undefined },
): HeaderEntry[] {
  return [
    [paymentHeaders.paymentType, paymentTypes.train],
    [paymentHeaders.trainModelId, payment.modelId],
    ...encodeClaim(payment),
  ];
}

/**
 * Reads the headers of a training payment. A missing model id is not an error here: the daemon
 * answers it later, when it looks for the price.
 *
 * @throws BaseError whose short message is the text of the status (code 3) that the daemon sends
 */
export function parseTrainHeaders(get: GetHeader): TrainHeaders {
  return {
    ...parseEscrowHeaders(get),
    modelId: readOptionalTextHeader(get, paymentHeaders.trainModelId),
  };
}
