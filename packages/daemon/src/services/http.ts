import type { IncomingMessage, ServerResponse } from 'node:http';

/** What plain HTTP requests are answered with. */
export interface HttpOptions {
  /** One line of JSON. */
  heartbeat(): Promise<string>;
  /** Wire encoding of the service metadata: `proto` or `json`. */
  readonly encoding: string;
}

/**
 * Answers requests that are no calls: `/heartbeat`, `/encoding`, CORS preflights, and 404 for
 * everything else (daemon.md 1.8).
 */
export function createHttpHandler(
  options: HttpOptions,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    void answer(request, response, options);
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { heartbeat, encoding }: HttpOptions,
): Promise<void> {
  setCorsHeaders(request, response);
  if (request.method === 'OPTIONS') return end(response, 204);
  // Nobody asked for a body; what comes is thrown away, so that the connection can be used again.
  request.resume();
  const [, segment] = (request.url ?? '').split(/[/?#]/);
  if (segment === 'encoding') return end(response, 200, `${encoding}\n`);
  if (segment === 'heartbeat') return end(response, 200, await heartbeat());
  end(response, 404, '404 page not found\n');
}

function end(response: ServerResponse, status: number, text = ''): void {
  if (response.destroyed || response.headersSent) return;
  response.statusCode = status;
  if (text !== '') response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(text);
}

const exposedHeaders = [
  'x-grpc-web',
  'grpc-encoding',
  'grpc-status',
  'grpc-message',
  'grpc-timeout',
  'grpc-accept-encoding',
  'grpc-status-details-bin',
  'Retry-After',
].join(', ');

const allowedMethods = ['GET', 'POST', 'OPTIONS', 'HEAD', 'CONNECT'];

function setCorsHeaders({ method, headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', exposedHeaders);
  if (method !== 'OPTIONS') {
    response.setHeader('vary', 'Origin');
    return;
  }
  response.setHeader(
    'vary',
    'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  );
  const wantedMethod = headers['access-control-request-method']?.toUpperCase();
  if (wantedMethod !== undefined && allowedMethods.includes(wantedMethod)) {
    response.setHeader('access-control-allow-methods', wantedMethod);
  }
  const wantedHeaders = headers['access-control-request-headers'];
  if (wantedHeaders !== undefined)
    response.setHeader('access-control-allow-headers', wantedHeaders);
  if (headers['access-control-request-private-network'] === 'true') {
    response.setHeader('access-control-allow-private-network', 'true');
  }
}
