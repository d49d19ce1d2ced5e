import type { OutgoingHttpHeaders } from 'node:http2';
import type { Metadata } from '../call/status.ts';
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
  'proxy-authenticate',
  'proxy-authorization',
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
  /** `grpc-timeout`. */
  readonly timeout?: string | undefined;
}

/** The header fields of a request to a gRPC service: all the client's metadata that may pass, and the daemon's own. */
export function buildRequestHeaders(
  { path, metadata, options }: UpstreamRequest,
  { scheme, authority, contentType, userAgent, timeout }: RequestHeadersOptions,
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
  const nominated = namesOf(metadata['connection']);
  for (const name in metadata) {
    if (reserved.has(name) || options.drop.has(name) || nominated.has(name)) continue;
    headers[name] = metadata[name] as string | string[];
  }
  for (const name in options.set) headers[name] = options.set[name] as string;
  return headers;
}

/** Fields that a `connection` field of HTTP/1.1 names are of that connection alone (RFC 9110, 7.6.1). */
function namesOf(connection: Metadata[string]): ReadonlySet<string> {
  if (connection === undefined) return nothing;
  return new Set(`${connection}`.toLowerCase().split(/[\s,]+/));
}

const nothing: ReadonlySet<string> = new Set();
