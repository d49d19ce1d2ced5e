import { Code, ConnectError } from '@connectrpc/connect';

/** What the daemon's own services answer when they refuse: always code 2, clients match the text (daemon.md 11.3). */
export function serviceError(text: string, cause?: unknown): ConnectError {
  return new ConnectError(text, Code.Unknown, undefined, undefined, cause);
}

/** A method whose feature this version does not have. */
export function comesLater(method: string): ConnectError {
  return new ConnectError(
    `${method} is not available in this version of the daemon`,
    Code.Unimplemented,
  );
}
