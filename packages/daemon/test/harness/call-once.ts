import type { OutgoingHttpHeaders } from 'node:http2';
import { connectRaw, type GrpcAnswer } from './grpc-call.ts';

/** A unary call over a session of its own. */
export async function callOnce(
  endpoint: string,
  path: string,
  headers: OutgoingHttpHeaders,
  body: Uint8Array = new Uint8Array(),
): Promise<GrpcAnswer> {
  const raw = await connectRaw(endpoint);
  try {
    return await raw.call(path, headers, body);
  } finally {
    await raw.close();
  }
}

/** Status and text of an answer, as the protocol's tables write them. */
export function textOf({ status, message }: GrpcAnswer): string {
  return `${status} ${message}`;
}
