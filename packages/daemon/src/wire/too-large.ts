import { type EndStatus, statusCode } from '../call/status.ts';

/** The end of a call with a message over the limit; the text is the one that gRPC for Go gives (daemon.md, 11.3). */
export function tooLarge(declaredBytes: number, maxMessageBytes: number): EndStatus {
  return {
    code: statusCode.resourceExhausted,
    message: `grpc: received message larger than max (${declaredBytes} vs. ${maxMessageBytes})`,
  };
}
