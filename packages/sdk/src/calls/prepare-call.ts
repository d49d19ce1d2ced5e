import type { DescMethod } from '@bufbuild/protobuf';
import {
  createPaymentInterceptor,
  type PaymentReceipt,
  type PaymentStrategy,
} from '@snetkit/payments';
import type { Connection, MessageCodec } from '../platform/platform.ts';
import type { CallReceipt } from '../receipts/call-receipt.ts';
import { createReceipt, type ReceiptHead } from '../receipts/create-receipt.ts';
import { getPath } from '../services/method-info.ts';
import { type CallOptions, defaultTimeoutMs } from './call-options.ts';
import { checkMethodKind } from './check-method-kind.ts';
import type { PreparedCall } from './run-call.ts';
import { watchPayment } from './watch-payment.ts';

/** Where calls go, and who is told of them. */
export interface CallPlace {
  readonly connection: Connection;
  readonly receiptHead: ReceiptHead;
  onPayment(receipt: PaymentReceipt, path: string): void;
  onReceipt(receipt: CallReceipt): void;
  /** Whether anybody wants receipts, whoever makes the call. */
  hasReceiptReader(): boolean;
}

/** How a call is paid, and how its messages are written. */
export interface CallManner {
  readonly strategy: PaymentStrategy;
  /** Of JSON messages; undefined when they are protobuf. */
  readonly codec?: MessageCodec | undefined;
  /** Ends the call when the client is closed. */
  readonly closed: AbortSignal;
}

/**
 * Readies one call: its payment, its limits, and its receipt when it is over.
 *
 * @throws BaseError `CALL_KIND_UNSUPPORTED`, and the reason of `closed`
 */
export function prepareCall(
  place: CallPlace,
  method: DescMethod,
  { strategy, codec, closed }: CallManner,
  options: CallOptions,
): PreparedCall {
  closed.throwIfAborted();
  const { connection } = place;
  const path = getPath(method);
  checkMethodKind(method, method.methodKind, connection);
  const { signal, timeoutMs = defaultTimeoutMs, headers = {} } = options;
  const payment = watchPayment(strategy, (receipt) => {
    options.onPayment?.(receipt);
    place.onPayment(receipt, path);
  });
  const calledAt = Date.now();
  const startedAt = performance.now();
  return {
    method,
    payment,
    headers,
    transport: connection.createTransport([createPaymentInterceptor(payment.strategy)], codec),
    failed: { path, endpoint: connection.endpoint, signal, timeoutMs, startedAt },
    finish(outcome, error) {
      if (options.onReceipt === undefined && !place.hasReceiptReader()) return;
      const receipt = createReceipt(place.receiptHead, {
        path,
        endpoint: connection.endpoint,
        startedAt: calledAt,
        durationMs: Math.round(performance.now() - startedAt),
        outcome,
        error,
        payment: payment.getResult(),
      });
      options.onReceipt?.(receipt);
      place.onReceipt(receipt);
    },
    signal: signal === undefined ? closed : AbortSignal.any([signal, closed]),
  };
}
