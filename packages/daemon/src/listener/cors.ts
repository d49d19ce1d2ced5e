import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse, OutgoingHttpHeaders } from 'node:http2';

/** What pages of other origins may do. */
export interface CorsOptions {
  /** Origins that may read answers, such as `https://app.example`; `*` for all. */
  readonly allowedOrigins: readonly string[];
  /** Names that pages may read beside those of gRPC-web. */
  readonly exposedHeaders: readonly string[];
  /** Seconds that a browser may remember the answer to a preflight; the browser's own unless given. */
  readonly maxAgeSeconds?: number;
}

/** The official daemon's rules (daemon.md 1.8). */
export const defaultCors: CorsOptions = { allowedOrigins: ['*'], exposedHeaders: [] };

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

const exposed = [
  'x-grpc-web',
  'grpc-encoding',
  'grpc-status',
  'grpc-message',
  'grpc-timeout',
  'grpc-accept-encoding',
  'grpc-status-details-bin',
  'Retry-After',
];

const allowedMethods = ['GET', 'POST', 'OPTIONS', 'HEAD', 'CONNECT'];

/** Answers a preflight with what it asked for. */
export function answerPreflight(request: Request, response: Response, options: CorsOptions): void {
  const { headers } = request;
  request.resume();
  putOrigin(headers.origin, response, options);
  response.setHeader(
    'vary',
    'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  );
  const method = headers['access-control-request-method']?.toUpperCase();
  if (method !== undefined && allowedMethods.includes(method)) {
    response.setHeader('access-control-allow-methods', method);
  }
  const wantedHeaders = headers['access-control-request-headers'];
  if (wantedHeaders !== undefined) {
    response.setHeader('access-control-allow-headers', wantedHeaders);
  }
  if (headers['access-control-request-private-network'] === 'true') {
    response.setHeader('access-control-allow-private-network', 'true');
  }
  if (options.maxAgeSeconds !== undefined) {
    response.setHeader('access-control-max-age', String(options.maxAgeSeconds));
  }
  response.statusCode = 204;
  response.end();
}

/** Lets pages read the answer to a request that is no call. */
export function putCors(
  { headers }: Request,
  response: Response,
  options: CorsOptions & { isWeb: boolean },
): void {
  putOrigin(headers.origin, response, options);
  response.setHeader('vary', 'Origin');
}

function putOrigin(
  origin: string | undefined,
  response: Response,
  options: CorsOptions & { isWeb?: boolean },
): void {
  const named = findOrigin(origin, options);
  const isNamed = named !== undefined && options.isWeb === true;
  const allowed = options.allowedOrigins.includes('*') && !isNamed ? '*' : named;
  if (allowed === undefined) return;
  response.setHeader('access-control-allow-origin', allowed);
  if (isNamed) response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader(
    'access-control-expose-headers',
    [...exposed, ...options.exposedHeaders].join(', '),
  );
}

/** Lets pages read an answer of gRPC-web: the origin by name, and every header that is sent. */
export function putWebCors(
  origin: string | undefined,
  headers: OutgoingHttpHeaders,
  options: CorsOptions,
): void {
  const allowed = findOrigin(origin, options);
  if (allowed === undefined) return;
  const names = new Set([
    ...Object.keys(headers),
    ...['grpc-status', 'grpc-message'],
    ...options.exposedHeaders,
  ]);
  headers['access-control-allow-origin'] = allowed;
  headers['access-control-allow-credentials'] = 'true';
  headers['access-control-expose-headers'] = [...names].join(', ');
  headers['vary'] = 'Origin';
}

function findOrigin(
  origin: string | undefined,
  { allowedOrigins }: CorsOptions,
): string | undefined {
  if (origin === undefined) return undefined;
  return allowedOrigins.includes('*') || allowedOrigins.includes(origin) ? origin : undefined;
}
