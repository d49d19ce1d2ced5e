import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Peer } from '../call/exchange.ts';
import { parseWebContentType } from '../wire/web-content-type.ts';
import { answerHttp } from './answer-http.ts';
import { checkTimeout } from './check-timeout.ts';
import type { ConnectionTraffic } from './connection-traffic.ts';
import { answerPreflight, putCors, putWebCors } from './cors.ts';
import { limitRequest } from './limit-request.ts';
import type { ListenerContext } from './listener-options.ts';
import { readWebHead } from './read-web-head.ts';
import { walkCall } from './walk-call.ts';
import { type WebCarrier, WebExchange } from './web-exchange.ts';

/** A request that is not gRPC itself, in HTTP/1.1 or HTTP/2. */
export interface HttpPair {
  readonly request: IncomingMessage | Http2ServerRequest;
  readonly response: ServerResponse | Http2ServerResponse;
  readonly peer: Peer;
  /** Of an HTTP/2 connection. */
  readonly traffic?: ConnectionTraffic;
}

/** Gives a request to whom it concerns: the call path, the own services, or the handler of the rest. */
export function serveHttp(pair: HttpPair, context: ListenerContext): void {
  const { request, response, peer } = pair;
  const { counters, cors, ownServices, http1, onFault } = context;
  const path = request.url?.split('?', 1)[0] ?? '';
  if (request.method === 'OPTIONS') {
    counters.totalHttpRequests++;
    answerPreflight(request, response, cors);
    return;
  }
  const content = parseWebContentType(request.headers['content-type']);
  const isOwn = ownServices.owns(path);
  if (isOwn || content === undefined) {
    limitRequest(request, context.limits);
    putCors(request, response, { ...cors, isWeb: content !== undefined });
  }
  if (isOwn) {
    counters.totalOwnRequests++;
    answerHttp(ownServices.handler, request, response, onFault);
  } else if (content === undefined || request.method !== 'POST') {
    counters.totalHttpRequests++;
    answerHttp(http1, request, response, onFault);
  } else {
    const carrier: WebCarrier = {
      request,
      response,
      traffic: pair.traffic,
      isText: content.isText,
      cors: (headers) => putWebCors(request.headers.origin, headers, cors),
    };
    const head = readWebHead(request, { path, content, peer });
    const exchange = new WebExchange(carrier, head, context);
    const refusal = checkTimeout(request.headers['grpc-timeout']);
    if (refusal === undefined) walkCall(exchange, context);
    else exchange.end(refusal);
  }
}
