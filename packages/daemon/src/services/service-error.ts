import { Code, ConnectError } from '@connectrpc/connect';

/** What the daemon's own services answer when they refuse: always code 2, clients match the text (daemon.md 11.3). */
export function serviceError(text: string, cause?: unknown): ConnectError {
  return new ConnectError(text, Code.Unknown, undefined, undefined, cause);
}
