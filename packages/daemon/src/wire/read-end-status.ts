import type { IncomingHttpHeaders } from 'node:http2';
import { type EndStatus, statusCode } from '../call/status.ts';
import { connectionFields } from './connection-fields.ts';
import { decodeGrpcMessage } from './grpc-message.ts';
import { readMetadata } from './read-metadata.ts';

const statusFields: ReadonlySet<string> = new Set([
  ...connectionFields,
  'grpc-status',
  'grpc-message',
]);

/**
 * Reads the end of a call from trailers, or from the headers of a response that has nothing else.
 * @returns undefined when there is no `grpc-status` among them
 */
export function readEndStatus(
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
): EndStatus | undefined {
  const field = headers['grpc-status'];
  if (typeof field !== 'string') return undefined;
  const trailers = readMetadata(headers, rawHeaders, statusFields);
  if (!/^\d{1,10}$/.test(field)) {
    return { code: statusCode.unknown, message: `malformed grpc-status: "${field}"`, trailers };
  }
  const message = headers['grpc-message'];
  return {
    code: Number(field),
    message: typeof message === 'string' ? decodeGrpcMessage(message) : '',
    trailers,
  };
}
