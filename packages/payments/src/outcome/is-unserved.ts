import { Code, ConnectError } from '@connectrpc/connect';

/** Whether a daemon does not have the service that was asked, whoever says so: it, or a proxy before it. */
export function isUnserved(error: unknown): error is ConnectError {
  return error instanceof ConnectError && error.code === Code.Unimplemented;
}
