import type { RequestHandler } from '../listener/listener-options.ts';
import { encodeGrpcMessage } from '../wire/grpc-message.ts';
import type { LimitedStatus } from './limited-status.ts';
import type { RateLimits } from './rate-limits.ts';
import { encodeRetryInfo, retryInfoType } from './retry-info.ts';

type Request = Parameters<RequestHandler>[0];
type Response = Parameters<RequestHandler>[1];

/**
 * Lets requests through to a handler as often as the limits allow. The others are answered in their own
 * protocol (gRPC, gRPC-web, Connect, or 429 of HTTP) before anything of them is read.
 */
export function limitRequests(
  handler: RequestHandler,
  options: { readonly limits: RateLimits; isCheck(path: string): boolean },
): RequestHandler {
  const { limits, isCheck } = options;
  return (request, response) => {
    const limited = limits.admitRequest({
      // Of one that is gone there is none.
      peer: request.socket?.remoteAddress ?? '',
      metadata: request.headers,
      isCheck: isCheck(request.url?.split('?', 1)[0] ?? ''),
    });
    if (limited === undefined) handler(request, response);
    else answer(request, response, limited);
  };
}

function answer(request: Request, response: Response, limited: LimitedStatus): void {
  const contentType = request.headers['content-type'] ?? '';
  request.resume();
  if (contentType.startsWith('application/grpc')) {
    answerGrpc(response, limited, contentType);
    return;
  }
  const retryAfter = limited.trailers?.['retry-after'];
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  if (contentType.startsWith('application/connect+')) {
    response.statusCode = 200;
    response.setHeader('content-type', contentType);
    endWith(response, endOfStream(limited));
    return;
  }
  response.statusCode = 429;
  response.setHeader('content-type', 'application/json');
  endWith(response, JSON.stringify(connectError(limited)));
}

/** Without a message: everything stands in the header fields, also in gRPC-web. */
function answerGrpc(response: Response, limited: LimitedStatus, contentType: string): void {
  response.statusCode = 200;
  response.setHeader('content-type', contentType);
  for (const [name, value] of Object.entries(limited.trailers ?? {})) {
    response.setHeader(name, value);
  }
  response.setHeader('grpc-status', String(limited.code));
  response.setHeader('grpc-message', encodeGrpcMessage(limited.message));
  response.end();
}

/** The error of the Connect protocol; whoever speaks plain HTTP can read it as well. */
function connectError({ message, waitMs }: LimitedStatus) {
  const value = waitMs === undefined ? undefined : Buffer.from(encodeRetryInfo(waitMs));
  const details = value && [
    { type: retryInfoType, value: value.toString('base64').replace(/=+$/, '') },
  ];
  return { code: 'resource_exhausted', message, ...(details && { details }) };
}

/** The last frame of a Connect stream: flag 2, length, JSON. */
function endOfStream(limited: LimitedStatus): Buffer {
  const body = Buffer.from(JSON.stringify({ error: connectError(limited) }));
  const head = Buffer.alloc(5);
  head[0] = 2;
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** The two kinds of response differ in what else `end` may be given. */
function endWith(response: Response, body: Buffer | string): void {
  (response.end as (body: Buffer | string) => void).call(response, body);
}
