import type { Interceptor, StreamResponse, UnaryResponse } from '@connectrpc/connect';
import { BaseError, bytesToBase64, type HeaderEntry } from '@snetkit/core';
import { classifyFailure } from './outcome/classify.ts';
import { isUnreadableReply } from './outcome/is-unreadable-reply.ts';
import { watchStream } from './outcome/watch-stream.ts';
import type {
  PaymentAttempt,
  PaymentReceipt,
  PaymentStrategy,
} from './strategies/payment-strategy.ts';

/** What an application may want to know of each payment. */
export interface PaymentInterceptorOptions {
  /** Told once for each call that was charged. */
  readonly onPayment?: ((receipt: PaymentReceipt, path: string) => void) | undefined;
}

/** Passed on to the service, so that it can tell a call that is sent again from another one. */
const idempotencyHeader = 'idempotency-key';

type Next = Parameters<Interceptor>[0];
type Request = Parameters<Next>[0];
type Response = UnaryResponse | StreamResponse;

/**
 * Pays for every call of a Connect client: signs, sends, and sends the same payment again when it is
 * not known whether it was charged, under one `idempotency-key`. Calls whose request is a stream of
 * messages are sent only once.
 *
 * @example
 * ```ts
 * const transport = createGrpcTransport({ baseUrl, interceptors: [createPaymentInterceptor(strategy)] });
 * ```
 */
export function createPaymentInterceptor(
  strategy: PaymentStrategy,
  { onPayment }: PaymentInterceptorOptions = {},
): Interceptor {
  return (next) => async (original) => {
    const path = `/${original.service.typeName}/${original.method.name}`;
    const kind = original.method.methodKind;
    const isReplayable = kind === 'unary' || kind === 'server_streaming';
    const request = kind === 'server_streaming' ? keepMessages(original) : original;
    const payment = strategy.pay({ path, isReplayable, signal: request.signal });
    // The service sees the same call again when it is sent again.
    if (isReplayable && !request.header.has(idempotencyHeader)) {
      request.header.set(idempotencyHeader, crypto.randomUUID());
    }
    let previous: readonly HeaderEntry[] = [];
    for (;;) {
      const attempt = await payment.attempt();
      for (const [name] of previous) request.header.delete(name);
      for (const header of attempt.headers) setHeader(request.header, header);
      previous = attempt.headers;
      const onServed = async () => {
        await attempt.end({ kind: 'served' });
        onPayment?.(attempt.receipt, path);
      };
      try {
        return await follow(await next(request), attempt, onServed, request.signal);
      } catch (error) {
        if (isUnreadableReply(error)) {
          await onServed();
          throw error;
        }
        const failure = classifyFailure(error);
        const then = await attempt.end({ kind: 'failed', failure, afterFirstMessage: false });
        if (then instanceof BaseError) throw then;
        if (then === 'final') throw error;
      }
    }
  };
}

/** The one message of a request, kept so that it can be sent again. */
function keepMessages(request: Request): Request {
  if (!request.stream) return request;
  const messages = request.message;
  const kept: unknown[] = [];
  let source: AsyncIterator<unknown> | undefined;
  async function* replay() {
    source ??= messages[Symbol.asyncIterator]();
    for (let index = 0; ; index += 1) {
      if (index === kept.length) {
        const { value, done } = await source.next();
        if (done) return;
        kept.push(value);
      }
      yield kept[index];
    }
  }
  return { ...request, message: { [Symbol.asyncIterator]: replay } } as Request;
}

function setHeader(header: Request['header'], [name, value]: HeaderEntry): void {
  header.set(name, typeof value === 'string' ? value : bytesToBase64(value).replace(/=+$/, ''));
}

async function follow(
  response: Response,
  attempt: PaymentAttempt,
  onServed: () => Promise<void>,
  signal: AbortSignal,
): Promise<Response> {
  if (!response.stream) {
    await onServed();
    return response;
  }
  // The daemon holds the headers until the first message is paid for: waiting for it costs nothing,
  // and a refusal is still the answer to the whole call.
  const messages = response.message[Symbol.asyncIterator]();
  const first = await messages.next();
  return {
    ...response,
    message: watchStream(first, messages, { attempt, onServed, signal }),
  } as Response;
}
