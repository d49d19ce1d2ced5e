import type { RequestHandler } from '../listener/listener-options.ts';
import { paidTrainingMethods } from '../training/paid-methods.ts';

type Request = Parameters<RequestHandler>[0];
type Response = Parameters<RequestHandler>[1];

/** What plain HTTP requests are answered with. */
export interface HttpOptions {
  /** One line of JSON. */
  heartbeat(): Promise<string>;
  /** Wire encoding of the service metadata: `proto` or `json`. */
  readonly encoding: string;
}

/** Answers requests that are no calls: `/heartbeat`, `/encoding`, and 404 for everything else (daemon.md 1.8). */
export function createHttpHandler(options: HttpOptions): RequestHandler {
  return (request, response) => {
    void answer(request, response, options);
  };
}

async function answer(
  request: Request,
  response: Response,
  { heartbeat, encoding }: HttpOptions,
): Promise<void> {
  // Nobody asked for a body; what comes is thrown away, so that the connection can be used again.
  request.resume();
  const [path = ''] = (request.url ?? '').split(/[?#]/, 1);
  const [, segment] = path.split('/');
  if (segment === 'encoding') return end(response, 200, `${encoding}\n`);
  if (segment === 'heartbeat') return end(response, 200, await heartbeat());
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
