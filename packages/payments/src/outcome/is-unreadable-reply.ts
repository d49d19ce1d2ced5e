import { Code, ConnectError } from '@connectrpc/connect';
import { readStatus } from './read-status.ts';

/**
 * Whether a reply came that the client cannot read: it is no message of its type, or longer than the
 * client wants. A daemon hands out what is charged, and the same reply would come again.
 */
export function isUnreadableReply(error: unknown): boolean {
  if (!(error instanceof ConnectError) || readStatus(error) !== undefined) return false;
  const { code, rawMessage } = error;
  // So the client library says it, of protobuf, of JSON, and of the size; none of it goes over the wire.
  if (code === Code.Internal) return rawMessage.startsWith('parse binary: ');
  if (code === Code.ResourceExhausted) return rawMessage.startsWith('message size ');
  return code === Code.InvalidArgument;
}
