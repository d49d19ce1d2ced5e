import { type EndStatus, statusCode } from '../call/status.ts';
import { encodeRetryStatus } from './retry-info.ts';

/** What whoever comes too often is told (daemon.md 4.0). */
const message = 'rate limiting , too many requests to handle';

/** The answer to a call that came too soon, with the time after which the next one may come. */
export interface LimitedStatus extends EndStatus {
  /** Milliseconds; absent when waiting does not help. */
  readonly waitMs?: number;
  readonly trailers?: Readonly<Record<string, string>>;
}

/**
 * The refusal of a call by a limit, with the delay in every form that clients know: `retry-after` in whole
 * seconds, `google.rpc.RetryInfo`, and the push-back of gRPC's own retries.
 *
 * @param waitMs - milliseconds; `Infinity` when waiting does not help
 */
export function limitedStatus(waitMs: number): LimitedStatus {
  const code = statusCode.resourceExhausted;
  if (!Number.isFinite(waitMs)) return { code, message };
  const delay = Math.min(waitMs, longestMs);
  const details = encodeRetryStatus({ code, message, waitMs: delay });
  return {
    code,
    message,
    waitMs: delay,
    trailers: {
      'retry-after': String(Math.max(1, Math.ceil(delay / 1000))),
      'grpc-retry-pushback-ms': String(Math.ceil(delay)),
      'grpc-status-details-bin': Buffer.from(details).toString('base64').replace(/=+$/, ''),
    },
  };
}

/** A day; the push-back of gRPC is a number of 32 bits. */
const longestMs = 86_400_000;
