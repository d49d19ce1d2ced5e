import { type EndStatus, statusCode } from '../call/status.ts';
import { parseGrpcTimeout } from '../wire/grpc-timeout.ts';

/** Refuses a call whose field `grpc-timeout` cannot be read. */
export function checkTimeout(timeout: string | string[] | undefined): EndStatus | undefined {
  if (typeof timeout !== 'string' || parseGrpcTimeout(timeout) !== undefined) return undefined;
  return { code: statusCode.internal, message: `malformed grpc-timeout: "${timeout}"` };
}
