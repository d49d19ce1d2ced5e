import {
  constants,
  Http2ServerRequest,
  Http2ServerResponse,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { CallHead, Peer } from '../call/exchange.ts';
import { statusCode } from '../call/status.ts';
import { parseGrpcTimeout } from '../wire/grpc-timeout.ts';
import { readMetadata } from '../wire/read-metadata.ts';
import { resetStream } from '../wire/reset-stream.ts';
import { answerHttp } from './answer-http.ts';
import { checkRequest, type RequestRefusal } from './check-request.ts';
import { dismissRequest } from './dismiss-request.ts';
import type { ListenerContext } from './listener-options.ts';
import { putStatus } from './put-status.ts';
import { ServerExchange } from './server-exchange.ts';

/** Gives one HTTP/2 stream to whom it concerns: the daemon's own services, or the call path. */
export function serveStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  rawHeaders: string[],
  peer: Peer,
  context: ListenerContext,
): void {
  const { counters, ownServices } = context;
  counters.streams++;
  // What went wrong with a stream is told by its end; without a listener it would end the process.
  stream.on('error', () => {});
  let exchange: ServerExchange | undefined;
  stream.on('close', () => {
    counters.streams--;
    exchange?.close();
  });
  const path = headers[':path'] ?? '';
  if (ownServices.owns(path)) {
    counters.totalOwnRequests++;
    const request = new Http2ServerRequest(stream, headers, {}, rawHeaders);
    const response = new Http2ServerResponse(stream);
    // After the response's own listener, which sends the last header fields.
    stream.on('wantTrailers', () => dropRequest(stream));
    answerHttp(ownServices.handler, request, response, context.onFault);
    return;
  }
  const refusal = checkRequest(headers) ?? checkTimeout(headers);
  if (refusal !== undefined) {
    refuse(stream, refusal, context);
    return;
  }
  const head = readHead(path, headers, rawHeaders, peer);
  exchange = new ServerExchange(stream, head, context);
  walk(exchange, context);
}

/**
 * Frees a stream whose request was answered before all of it was read. Its request object keeps it
 * paused, so it would stay for as long as its connection, with all that has arrived.
 */
function dropRequest(stream: ServerHttp2Stream): void {
  if (stream.readableEnded) return;
  setImmediate(() => {
    if (!stream.readableEnded && !stream.destroyed) resetStream(stream, constants.NGHTTP2_NO_ERROR);
  });
}

/** Sends a call on the path of a call and sees to it that it ends. */
function walk(exchange: ServerExchange, context: ListenerContext): void {
  const { counters, onCall, onFault, onLess } = context;
  counters.calls++;
  counters.totalCalls++;
  const onOver = () => {
    counters.calls--;
    // Only a call that its path has forgotten is still without an answer.
    exchange.end(forgotten);
    onLess();
  };
  const onFailure = (fault: unknown) => {
    onFault(fault);
    onOver();
  };
  try {
    const over = onCall(exchange);
    if (over === undefined) onOver();
    else over.then(onOver, onFailure);
  } catch (fault) {
    onFailure(fault);
  }
}

function readHead(
  path: string,
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
  peer: Peer,
): CallHead {
  const metadata = readMetadata(headers, rawHeaders, nothing);
  const timeout = headers['grpc-timeout'];
  if (typeof timeout !== 'string') return { path, metadata, peer };
  return { path, metadata, peer, deadline: performance.now() + (parseGrpcTimeout(timeout) ?? 0) };
}

function checkTimeout({
  'grpc-timeout': timeout,
}: IncomingHttpHeaders): RequestRefusal | undefined {
  if (typeof timeout !== 'string' || parseGrpcTimeout(timeout) !== undefined) return undefined;
  return {
    httpStatus: 400,
    status: { code: statusCode.internal, message: `malformed grpc-timeout: "${timeout}"` },
  };
}

function refuse(
  stream: ServerHttp2Stream,
  { httpStatus, status }: RequestRefusal,
  { counters }: ListenerContext,
): void {
  counters.refusedStreams++;
  if (stream.destroyed || stream.closed) return;
  const headers = { ':status': httpStatus, 'content-type': 'application/grpc' };
  stream.respond(putStatus(headers, status), { endStream: true });
  dismissRequest(stream);
}

const nothing: ReadonlySet<string> = new Set();

const forgotten = {
  code: statusCode.internal,
  message: 'internal error: the call was not answered',
};
