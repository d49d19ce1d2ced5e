import {
  constants,
  Http2ServerRequest,
  Http2ServerResponse,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Peer } from '../call/exchange.ts';
import { isGrpcContentType } from '../wire/content-type.ts';
import { readMetadata } from '../wire/read-metadata.ts';
import { resetStream } from '../wire/reset-stream.ts';
import { parseWebContentType } from '../wire/web-content-type.ts';
import type { AddressUse } from './address-caps.ts';
import { answerHttp } from './answer-http.ts';
import { checkRequest, type RequestRefusal } from './check-request.ts';
import { checkTimeout } from './check-timeout.ts';
import type { ConnectionTraffic } from './connection-traffic.ts';
import { dismissRequest } from './dismiss-request.ts';
import { Http2Exchange } from './http2-exchange.ts';
import { limitRequest } from './limit-request.ts';
import type { ListenerContext } from './listener-options.ts';
import { makeHead } from './make-head.ts';
import { putStatus } from './put-status.ts';
import { serveHttp } from './serve-http.ts';
import { walkCall } from './walk-call.ts';

/** Gives one HTTP/2 stream to whom it concerns: the daemon's own services, the call path, or whoever answers what is not gRPC. */
export function serveStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  rawHeaders: string[],
  connection: Http2Connection,
  context: ListenerContext,
): void {
  const { counters, limits, ownServices } = context;
  const { peer, traffic, address } = connection;
  const holder = watchStream(stream, connection, counters);
  if (counters.streams > limits.maxStreams || address.streams > address.maxStreams) {
    counters.refusedStreams++;
    resetStream(stream, constants.NGHTTP2_REFUSED_STREAM);
    return;
  }
  const path = headers[':path'] ?? '';
  const isGrpc = isGrpcContentType(headers['content-type']);
  if (isGrpc ? ownServices.owns(path) : isHttp(headers, context)) {
    serveLater({ stream, headers, rawHeaders, connection, isGrpc }, context);
    return;
  }
  const refusal = checkRequest(headers) ?? checkDeadline(headers);
  if (refusal !== undefined) {
    refuse(stream, refusal, context);
    return;
  }
  const metadata = readMetadata(headers, rawHeaders, nothing);
  const head = makeHead({ path, metadata, peer, timeout: headers['grpc-timeout'] });
  const exchange = new Http2Exchange(stream, head, context, traffic);
  holder.exchange = exchange;
  walkCall(exchange, context);
}

/**
 * Counts a stream as long as it is open. Listeners stand apart from who handles the header fields:
 * what one of them needs is kept for all of them, for as long as the stream is open.
 */
function watchStream(
  stream: ServerHttp2Stream,
  { traffic, address }: Http2Connection,
  counters: ListenerContext['counters'],
): { exchange?: Http2Exchange } {
  const holder: { exchange?: Http2Exchange } = {};
  counters.streams++;
  traffic.streams++;
  traffic.openStreams++;
  address.streams++;
  // What went wrong with a stream is told by its end; without a listener it would end the process.
  stream.on('error', ignore);
  stream.on('close', () => {
    counters.streams--;
    traffic.openStreams--;
    address.streams--;
    if (!stream.readableEnded) traffic.cutStreams++;
    holder.exchange?.close();
  });
  return holder;
}

function ignore(): void {}

interface HttpStream {
  readonly stream: ServerHttp2Stream;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: string[];
  readonly connection: Http2Connection;
  readonly isGrpc: boolean;
}

/** Not at once: who resets what he has just opened shall cost next to nothing. */
function serveLater(
  { stream, headers, rawHeaders, connection, isGrpc }: HttpStream,
  context: ListenerContext,
): void {
  setImmediate(() => {
    if (stream.destroyed || stream.closed) return;
    // Its body is read where nobody counts.
    connection.traffic.cutStreams++;
    const pair = makePair(stream, headers, rawHeaders);
    awaitRequest(stream, context);
    if (isGrpc) serveOwn(pair, context);
    else serveHttp({ ...pair, ...connection }, context);
  });
}

/** Requests that do not come to their end are as many as calls without a message. */
function awaitRequest(stream: ServerHttp2Stream, { silentCalls }: ListenerContext): void {
  if (stream.readableEnded) return;
  const silent = {
    giveUpWaiting: () => resetStream(stream, constants.NGHTTP2_ENHANCE_YOUR_CALM),
  };
  silentCalls.add(silent);
  const forget = () => silentCalls.delete(silent);
  stream.once('end', forget).once('close', forget);
}

/** What a stream knows of its connection. */
export interface Http2Connection {
  readonly peer: Peer;
  readonly traffic: ConnectionTraffic;
  /** What its address has open, this connection's included. */
  readonly address: AddressUse;
}

function serveOwn(
  { request, response }: { request: Http2ServerRequest; response: Http2ServerResponse },
  { counters, limits, ownServices, onFault }: ListenerContext,
): void {
  counters.totalOwnRequests++;
  limitRequest(request, limits);
  answerHttp(ownServices.handler, request, response, onFault);
}

/** Whether what is not gRPC is something else that is served here; of the rest gRPC says how it is wrong. */
function isHttp(headers: IncomingHttpHeaders, { ownServices }: ListenerContext): boolean {
  return (
    headers[':method'] !== 'POST' ||
    parseWebContentType(headers['content-type']) !== undefined ||
    ownServices.owns(headers[':path'] ?? '')
  );
}

function makePair(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, rawHeaders: string[]) {
  const request = new Http2ServerRequest(stream, headers, {}, rawHeaders);
  const response = new Http2ServerResponse(stream);
  // A body of nothing has ended before anybody was there to hear it.
  if (stream.readableEnded) request.push(null);
  // After the response's own listener, which sends the last header fields.
  stream.on('wantTrailers', () => dropRequest(stream));
  return { request, response };
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

function checkDeadline(headers: IncomingHttpHeaders): RequestRefusal | undefined {
  const status = checkTimeout(headers['grpc-timeout']);
  return status && { httpStatus: 400, status };
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
