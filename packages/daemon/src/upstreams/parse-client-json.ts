import { statusCode } from '../call/status.ts';
import { UpstreamFailure } from './upstream-failure.ts';

/**
 * Reads a message that a client has sent as JSON.
 *
 * @throws UpstreamFailure 3 when it is none
 */
export function parseClientJson<T>(message: Buffer, parse: (text: string) => T): T {
  try {
    return parse(message.toString('utf8'));
  } catch (cause) {
    throw new UpstreamFailure(statusCode.invalidArgument, 'the message is not JSON', { cause });
  }
}
