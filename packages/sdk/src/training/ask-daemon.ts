import {
  create,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from '@bufbuild/protobuf';
import { toCallError } from '../calls/call-error.ts';
import { defaultTimeoutMs } from '../calls/call-options.ts';
import type { Connection } from '../platform/platform.ts';
import { getPath } from '../services/method-info.ts';
import type { AskOptions } from './training-options.ts';

/**
 * Asks one of the daemon's own services something that costs nothing.
 *
 * @throws BaseError `CALL_FAILED`, `SERVICE_UNREACHABLE`, `TIMED_OUT`, `ABORTED`, `CLIENT_CLOSED`
 */
export async function askDaemon<Method extends DescMethodUnary>(
  { daemon, closed }: { readonly daemon: Connection; readonly closed: AbortSignal },
  method: Method,
  request: MessageInitShape<Method['input']>,
  { signal, timeoutMs = defaultTimeoutMs }: AskOptions,
): Promise<MessageShape<Method['output']>> {
  closed.throwIfAborted();
  const startedAt = performance.now();
  const either = signal === undefined ? closed : AbortSignal.any([signal, closed]);
  try {
    const message = create(method.input, request);
    const transport = daemon.createTransport([]);
    const response = await transport.unary(method, either, timeoutMs, undefined, message);
    return response.message as MessageShape<Method['output']>;
  } catch (error) {
    const path = getPath(method);
    throw toCallError(error, { path, endpoint: daemon.endpoint, signal, timeoutMs, startedAt });
  }
}
