import type { ConnectRouter } from '@connectrpc/connect';
import type { UniversalServerRequest, UniversalServerResponse } from '@connectrpc/connect/protocol';
import {
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from '@connectrpc/connect-node';
import type { RequestHandler } from '../listener/listener-options.ts';
import { parseWebContentType } from '../wire/web-content-type.ts';
import { toBinaryRequest, toTextResponse } from './web-text.ts';

/**
 * Serves what a router holds in gRPC, gRPC-web (text, too, which the router does not know) and Connect.
 * JSON may come as what `curl -d` says it sends.
 */
export function handleRoutes(
  router: ConnectRouter,
  { fallback }: { fallback: RequestHandler },
): RequestHandler {
  const handlers = new Map(router.handlers.map((handler) => [handler.requestPath, handler]));
  return (request, response) => {
    const handler = handlers.get(request.url?.split('?', 1)[0] ?? '');
    if (handler === undefined) return fallback(request, response);
    let universal: UniversalServerRequest;
    try {
      universal = universalRequestFromNodeRequest(request, response, undefined, undefined);
    } catch {
      // The name of the host is missing, or is no name.
      request.resume();
      response.statusCode = 400;
      response.end();
      return;
    }
    void serve(handler, universal)
      .then((answer) => universalResponseToNodeResponse(answer, response))
      // The client is gone: what the handler has to say of failures is in its answers.
      .catch(() => response.destroy());
  };
}

async function serve(
  handler: (request: UniversalServerRequest) => Promise<UniversalServerResponse>,
  request: UniversalServerRequest,
): Promise<UniversalServerResponse> {
  const contentType = request.header.get('content-type') ?? '';
  if (contentType === 'application/x-www-form-urlencoded') {
    request.header.set('content-type', 'application/json');
  }
  if (parseWebContentType(contentType)?.isText !== true) return handler(request);
  return toTextResponse(await handler(toBinaryRequest(request)), contentType);
}
