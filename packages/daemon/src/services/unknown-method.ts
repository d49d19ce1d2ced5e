import { statusCode } from '../call/status.ts';
import type { RequestHandler } from '../listener/listener-options.ts';

/**
 * Answers a request to a method that the service does not have, in the words of the official daemon
 * (grpc-go): 12. A request that is no gRPC is not found.
 */
export const answerUnknownMethod: RequestHandler = (request, response) => {
  const [, service = '', method = ''] = (request.url ?? '').split('/');
  const contentType = request.headers['content-type'] ?? '';
  request.resume();
  response.statusCode = 404;
  if (contentType.startsWith('application/grpc')) {
    const message = `unknown method ${method.slice(0, 100)} for service ${service}`;
    response.statusCode = 200;
    response.setHeader('content-type', contentType);
    response.setHeader('grpc-status', String(statusCode.unimplemented));
    response.setHeader('grpc-message', encodeURIComponent(message));
  }
  response.end();
};
