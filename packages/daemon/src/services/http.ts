import type { RequestHandler } from '../listener/listener-options.ts';
import { paidTrainingMethods } from '../training/paid-methods.ts';

type Request = Parameters<RequestHandler>[0];
type Response = Parameters<RequestHandler>[1];

/** What plain HTTP requests are answered with. */
export interface HttpOptions {
  /** One line of JSON. */
  heartbeat(): Promise<string>;
  /** What keeps the daemon from taking calls; empty when it is ready. */
  ready(): Promise<readonly string[]>;
  /** Wire encoding of the service metadata: `proto` or `json`. */
  readonly encoding: string;
}

/**
 * Answers requests that are no calls: `/heartbeat`, `/encoding`, and 404 for everything else (daemon.md 1.8);
 * and, for balancers, `/readyz` and `/livez`, which the official daemon does not have.
 */
export function createHttpHandler(options: HttpOptions): RequestHandler {
  return (request, response) => {
    void answer(request, response, options);
  };
}

async function answer(
  request: Request,
  response: Response,
  { heartbeat, ready, encoding }: HttpOptions,
): Promise<void> {
  // Nobody asked for a body; what comes is thrown away, so that the connection can be used again.
  request.resume();
  const [path = ''] = (request.url ?? '').split(/[?#]/, 1);
  const [, segment] = path.split('/');
  if (segment === 'encoding') return end(response, 200, `${encoding}\n`);
  if (segment === 'heartbeat') return end(response, 200, await heartbeat());
  if (path === '/livez') return end(response, 200, 'alive\n');
  if (path === '/readyz') {
    const obstacles = await ready();
    if (obstacles.length === 0) return end(response, 200, 'ready\n');
    return end(response, 503, `not ready: ${obstacles.join('; ')}\n`);
  }
  if (paidTrainingMethods.has(path)) return refusePaid(response, path);
  end(response, 404, '404 page not found\n');
}

/** The error of the Connect protocol: whoever comes here speaks that, or nothing that could be paid. */
function refusePaid(response: Response, path: string): void {
  const message = `${path} is paid for: call it in gRPC or gRPC-web`;
  response.statusCode = 501;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ code: 'unimplemented', message }));
}

function end(response: Response, status: number, text: string): void {
  if (response.writableEnded || response.headersSent) return;
  response.statusCode = status;
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(text);
}
