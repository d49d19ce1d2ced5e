import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { CallHead, Peer } from '../call/exchange.ts';
import { connectionFields } from '../wire/connection-fields.ts';
import { readMetadata } from '../wire/read-metadata.ts';
import type { WebContentType } from '../wire/web-content-type.ts';
import { makeHead } from './make-head.ts';

// What a browser adds by itself, and what belongs to gRPC-web: no service behind gRPC would see it.
const browserFields = [
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'dnt',
  'expect',
  'host',
  'origin',
  'pragma',
  'priority',
  'referer',
  'upgrade-insecure-requests',
  'x-grpc-web',
];

const skipped: ReadonlySet<string> = new Set([...connectionFields, ...browserFields]);

/** Reads what is known of a call in gRPC-web before its first message, as if it had come in gRPC. */
export function readWebHead(
  request: IncomingMessage | Http2ServerRequest,
  { path, content, peer }: { path: string; content: WebContentType; peer: Peer },
): CallHead {
  const { headers } = request;
  const fields = request.rawHeaders.map((text, at) => (at % 2 === 0 ? text.toLowerCase() : text));
  const metadata = readMetadata(headers, fields, skipOf(headers.connection, fields));
  return makeHead({
    path,
    metadata: Object.assign(metadata, { 'content-type': content.grpc }),
    peer,
    timeout: headers['grpc-timeout'],
  });
}

/** The fields of one connection are those that it names, too (RFC 9110, 7.6.1). */
function skipOf(connection: string | undefined, fields: readonly string[]): ReadonlySet<string> {
  const named = connection?.toLowerCase().split(/\s*,\s*/) ?? [];
  const fetched = fields.filter((name, at) => at % 2 === 0 && name.startsWith('sec-'));
  return named.length + fetched.length === 0
    ? skipped
    : new Set([...skipped, ...named, ...fetched]);
}
