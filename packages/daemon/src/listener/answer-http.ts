import type { ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';

/** Runs a handler of HTTP requests; one that throws is a fault, not the end of the process. */
export function answerHttp<Request, Response extends ServerResponse | Http2ServerResponse>(
  handler: (request: Request, response: Response) => void,
  request: Request,
  response: Response,
  onFault: (fault: unknown) => void,
): void {
  try {
    handler(request, response);
  } catch (fault) {
    onFault(fault);
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  }
}
