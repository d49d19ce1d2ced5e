import type { ConnectError } from '@connectrpc/connect';

/** A gRPC status as it stood on the wire. */
export interface WireStatus {
  /** Also codes that gRPC does not define, such as the protocol's 1000. */
  readonly code: number;
  readonly message: string;
}

/**
 * The status in an error of a Connect client, or undefined when no status came: the connection was
 * lost, or the call never got through. A code that gRPC does not define is an "internal" error to the
 * client library; its number and text are left in the trailers.
 */
export function readStatus(error: ConnectError): WireStatus | undefined {
  const code = error.metadata.get('grpc-status');
  if (code === null || !/^[0-9]{1,9}$/.test(code)) return undefined;
  return { code: Number(code), message: decodeText(error.metadata.get('grpc-message') ?? '') };
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
