import { Code, ConnectError } from '@connectrpc/connect';
import { BaseError, type BaseErrorOptions, type ErrorCode } from '@snetkit/core';
import { classifyFailure, isUnreadableReply, readStatus, type WireStatus } from '@snetkit/payments';
import { findBaseError } from '../errors/find-base-error.ts';
import { getStatusName } from './status-names.ts';

const cancelled = 1;
const deadlineExceeded = 4;
/** Timers of other processes may be so much ahead. */
const clockSlackMs = 50;

/** A call that was answered with a status: by the service, or by the daemon before it. */
export class CallError extends BaseError {
  override readonly name = 'CallError';
  /** As it came over the wire; `code` may be one that gRPC does not define, such as 1000. */
  readonly status: WireStatus;

  constructor(code: ErrorCode, message: string, status: WireStatus, options: BaseErrorOptions) {
    super(code, message, options);
    this.status = status;
  }
}

/** Which call an error belongs to. */
export interface FailedCall {
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly endpoint: string;
  /** The caller's own, to tell a cancellation from a failure. */
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  /** When the call began, on the clock of `performance.now()`. */
  readonly startedAt: number;
}

/** Says what an error of the transport means for the caller. */
export function toCallError(error: unknown, call: FailedCall): BaseError {
  // What our own code threw inside of a call comes wrapped by the transport.
  const own = findBaseError(error);
  if (call.signal?.aborted && own?.code !== 'CLIENT_CLOSED') {
    return new BaseError('ABORTED', 'The call was cancelled.', { place: call.path, cause: error });
  }
  if (own !== undefined) return own;
  if (!(error instanceof ConnectError)) return BaseError.from(error);
  if (isUnreadableReply(error)) {
    return new BaseError('REPLY_UNREADABLE', 'The reply of the service cannot be read.', {
      place: `${call.path} at ${call.endpoint}`,
      expected: `a message of its type, not longer than allowed`,
      found: error.rawMessage,
      cause: error,
    });
  }
  const status = readStatus(error);
  if (status === undefined) return describeSilence(error, call);
  if (isOwnDeadline(status, call)) return timedOut(error, call);
  const place = `${call.path} at ${call.endpoint}`;
  const found = `${getStatusName(status.code)} (${status.code})${status.message && `: ${status.message}`}`;
  const options = { place, found, cause: error };
  const isAboutPayment = !['notCharged', 'inDoubt'].includes(classifyFailure(error).kind);
  return isAboutPayment
    ? new CallError('PAYMENT_REFUSED', 'The daemon refused the payment.', status, options)
    : new CallError('CALL_FAILED', 'The service answered with an error.', status, options);
}

/** No status came: the time was up, or the connection broke. */
function describeSilence(error: ConnectError, call: FailedCall): BaseError {
  if (error.code === Code.DeadlineExceeded) {
    if (isOver(call)) return timedOut(error, call);
    const place = `${call.path} at ${call.endpoint}`;
    const found = error.rawMessage;
    const message = 'Something that the call waited for took too long.';
    return new BaseError('TIMED_OUT', message, { place, found, cause: error });
  }
  return new BaseError('SERVICE_UNREACHABLE', 'The daemon cannot be reached.', {
    place: `${call.path} at ${call.endpoint}`,
    found: error.rawMessage,
    cause: error,
  });
}

/** Daemon and service know the caller's deadline, and may be the first to say that it has passed. */
function isOwnDeadline({ code }: WireStatus, call: FailedCall): boolean {
  return (code === deadlineExceeded || code === cancelled) && isOver(call);
}

/** Whether the caller's own limit has passed: only then is it the one that ended the call. */
function isOver({ timeoutMs, startedAt }: FailedCall): boolean {
  return timeoutMs > 0 && performance.now() - startedAt >= timeoutMs - clockSlackMs;
}

function timedOut(cause: unknown, { path, endpoint, timeoutMs }: FailedCall): BaseError {
  const expected = `an answer within ${timeoutMs} ms`;
  const place = `${path} at ${endpoint}`;
  return new BaseError('TIMED_OUT', 'The call took too long.', { place, expected, cause });
}
