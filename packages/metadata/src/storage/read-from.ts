import { BaseError } from '@snetkit/core';
import { sendRequest } from './send-request.ts';

/**
 * Reads something from a provider and names both in every error.
 *
 * @throws BaseError `CONTENT_UNAVAILABLE`, `CONTENT_TOO_LARGE`, `TIMED_OUT`, `ABORTED`
 */
export function readFrom(options: {
  /** The provider. */
  name: string;
  /** What is read, as `block Qm...`. */
  subject: string;
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** 30 seconds unless given. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  maxBytes: number;
}): Promise<Uint8Array> {
  const { name, subject, maxBytes, timeoutMs = 30_000, ...request } = options;
  const start = `${subject[0]?.toUpperCase()}${subject.slice(1)}`;
  return sendRequest({
    ...request,
    timeoutMs,
    maxBytes,
    what: `Reading ${subject} from ${name}`,
    fail: (found, cause) =>
      new BaseError('CONTENT_UNAVAILABLE', `${start} is not to be had from ${name}.`, {
        found,
        cause,
      }),
    failLong: () =>
      new BaseError('CONTENT_TOO_LARGE', `${start} from ${name} is larger than ${maxBytes} bytes.`),
  });
}
