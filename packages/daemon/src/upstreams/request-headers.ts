import type { OutgoingHttpHeaders } from 'node:http2';
import { connectionFields } from '../wire/connection-fields.ts';
import type { UpstreamRequest } from './upstream.ts';

// `host` is told by :authority; the rest is reserved and the daemon's own (daemon.md, section 2).
// `grpc-encoding` and `grpc-accept-encoding` do pass: message bytes go through as they are.
const reserved: ReadonlySet<string> = new Set([
  ...connectionFields,
  'grpc-message',
  'grpc-message-type',
  'grpc-status',
  'grpc-timeout',
  'host',
  'user-agent',
]);

/** What does not change from call to call. */
export interface RequestHeadersOptions {
  readonly scheme: 'http' | 'https';
  /** `host:port`. */
  readonly authority: string;
  /** `application/grpc+proto`. */
  readonly contentType: string;
  readonly userAgent: string;
}

/** The header fields of a request to a gRPC service: all the client's metadata that may pass, and the daemon's own. */
export function buildRequestHeaders(
  { path, metadata, options }: UpstreamRequest,
  timeout: string | undefined,
  { scheme, authority, contentType, userAgent }: RequestHeadersOptions,
): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {
    ':method': 'POST',
    ':scheme': scheme,
    ':authority': authority,
    ':path': path,
    te: 'trailers',
    'content-type': contentType,
    'user-agent': userAgent,
  };
  if (timeout !== undefined) headers['grpc-timeout'] = timeout;
  for (const name in metadata) {
    if (reserved.has(name) || options.drop.has(name)) continue;
    headers[name] = metadata[name] as string | string[];
  }
  for (const name in options.set) headers[name] = options.set[name] as string;
  return headers;
}
