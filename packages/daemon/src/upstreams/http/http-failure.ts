import { statusCode } from '../../call/status.ts';
import { daemonError, helpUrl } from '../help-url.ts';
import { UpstreamFailure } from '../upstream-failure.ts';

/**
 * Statuses that tell the client something about its own request. All others, 401 and 403 among them,
 * are between daemon and service: 14, as the official daemon has it for each (docs/backends.md).
 */
const codes: Readonly<Record<number, number>> = {
  400: statusCode.invalidArgument,
  404: 5, // NOT_FOUND
  405: statusCode.unimplemented,
  409: 10, // ABORTED
  410: 5,
  412: statusCode.failedPrecondition,
  413: statusCode.resourceExhausted,
  416: 11, // OUT_OF_RANGE
  422: statusCode.invalidArgument,
  429: statusCode.resourceExhausted,
  499: statusCode.cancelled,
  500: statusCode.internal,
  501: statusCode.unimplemented,
  504: statusCode.deadlineExceeded,
};

/** So much of what the service says goes on to the client: header fields have limits. */
const shownCharacters = 1024;

/** The end of a call whose service answered with a status that is no success (text: daemon.md 7.4). */
export function failureOfStatus(status: number, body: Buffer): UpstreamFailure {
  const text = body.toString('utf8');
  const shown = text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}...`;
  return new UpstreamFailure(
    codes[status] ?? statusCode.unavailable,
    `upstream http status ${status}: ${shown.toWellFormed()}${helpUrl(daemonError.serviceUnavailable)}`,
  );
}
