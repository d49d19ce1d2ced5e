import type { DescMethod, Message } from '@bufbuild/protobuf';
import type { Transport } from '@connectrpc/connect';
import { BaseError } from '@snetkit/core';
import type { CallOutcome } from '../receipts/call-receipt.ts';
import type { FailedCall } from './call-error.ts';
import { toCallError } from './call-error.ts';
import type { WatchedPayment } from './watch-payment.ts';

/** One call, ready to be made. */
export interface PreparedCall {
  readonly method: DescMethod;
  readonly transport: Transport;
  readonly headers: Readonly<Record<string, string>>;
  readonly payment: WatchedPayment;
  readonly failed: FailedCall;
  /** Aborted when the caller gives up, and when the client is closed. */
  readonly signal: AbortSignal;
  /** Told once, when the call is over. */
  finish(outcome: CallOutcome, error?: BaseError): void;
}

type UnaryMethod = Parameters<Transport['unary']>[0];
type StreamingMethod = Parameters<Transport['stream']>[0];

/** Sends one message, resolves with one. */
export async function runUnary(call: PreparedCall, message: Message): Promise<Message> {
  const { method, transport, headers, signal, failed } = call;
  let reply: Message;
  try {
    const response = await transport.unary(
      method as UnaryMethod,
      signal,
      failed.timeoutMs,
      { ...headers },
      message,
    );
    reply = response.message;
  } catch (cause) {
    const error = toCallError(cause, failed);
    call.finish('failed', error);
    throw error;
  }
  call.finish('answered');
  return reply;
}

/**
 * Sends messages and yields those that come back. Who stops reading early ends the call; the messages
 * that he had are paid for.
 */
export async function* runStream(
  call: PreparedCall,
  messages: AsyncIterable<Message>,
): AsyncGenerator<Message, void, undefined> {
  const { method, transport, headers, payment, failed } = call;
  const leave = new AbortController();
  const signal = AbortSignal.any([call.signal, leave.signal]);
  let error: BaseError | undefined;
  let isOver = false;
  let hasMessage = false;
  try {
    const response = await transport.stream(
      method as StreamingMethod,
      signal,
      failed.timeoutMs,
      { ...headers },
      messages,
    );
    for await (const message of response.message) {
      hasMessage = true;
      yield message;
    }
    isOver = true;
  } catch (cause) {
    error = toCallError(cause, failed);
    throw error;
  } finally {
    if (!isOver) {
      if (hasMessage) await payment.leave();
      leave.abort();
    }
    call.finish(isOver ? 'answered' : error === undefined ? 'left' : 'failed', error);
  }
}

/** Sends messages as they come, resolves with the one that comes back. @throws BaseError `CALL_FAILED` */
export async function runClientStream(
  call: PreparedCall,
  messages: AsyncIterable<Message>,
): Promise<Message> {
  let last: Message | undefined;
  for await (const reply of runStream(call, messages)) last = reply;
  if (last !== undefined) return last;
  throw new BaseError('CALL_FAILED', 'The service ended the call without a reply.', {
    place: call.failed.path,
  });
}
