import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Exchange } from '../call/exchange.ts';
import type { IpRange } from '../config/types/ip-range.ts';
import type { Upstream } from '../upstreams/upstream.ts';
import type { AddressCaps } from './address-caps.ts';
import type { CorsOptions } from './cors.ts';
import type { ListenerCounters } from './listener-counters.ts';
import type { ServerExchange } from './server-exchange.ts';
import type { SilentCalls } from './silent-calls.ts';
import type { TlsSettings } from './tls-settings.ts';

/** Answers requests of HTTP/1.1 and, by the compatibility objects of `node:http2`, of HTTP/2. */
export type RequestHandler = (
  request: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
) => void;

/** The daemon's own services: the control plane, served in gRPC, gRPC-web and Connect. */
export interface OwnServices {
  /** Whether a path such as `/escrow.PaymentChannelStateService/GetChannelState` is one of theirs. */
  owns(path: string): boolean;
  readonly handler: RequestHandler;
}

/** What a listener and its clients may hold. */
export interface ListenerLimits {
  /** Largest message of a request (`max_message_size_in_mb`). Default 4 MiB. */
  readonly maxMessageBytes: number;
  /** Bytes that a client may send on one stream before the upstream takes them. Default 512 KiB. */
  readonly streamWindowBytes: number;
  /** The same for all streams of a connection together. Default 16 MiB. */
  readonly sessionWindowBytes: number;
  /** Streams that a connection may have open at once. Default 1000. */
  readonly maxStreamsPerConnection: number;
  /** Streams of all connections together; more are refused in a way that lets clients try again. Default 20,000. */
  readonly maxStreams: number;
  /** Calls whose first message has not come; beyond, the one that has been silent for longest is ended. Default 2000. */
  readonly maxSilentCalls: number;
  /** Connections at once. Default 10,000. */
  readonly maxConnections: number;
  /** The same of one address (of IPv6, of one /64). Default 1000. */
  readonly maxConnectionsPerAddress: number;
  /** Streams that one address may have open at once. Default 2000. */
  readonly maxStreamsPerAddress: number;
  /** Addresses without caps of their own, because many clients are behind them. Default none. */
  readonly uncappedAddresses: readonly IpRange[];
  /** Bytes that all calls together may keep waiting, in either direction; beyond, those that keep most are cut. Default 256 MiB. */
  readonly maxHeldBytes: number;
  /** Bytes that an HTTP/2 connection may send that no stream accounts for; a quarter of it is added each second. Default 64 KiB. */
  readonly idleBytes: number;
  /** Milliseconds for the first bytes of a connection, for its TLS, for its greeting (HTTP/2) and its header (HTTP/1.1), each. Default 10 s. */
  readonly firstBytesMs: number;
  /** Milliseconds that a request to the own services may pause before it is whole, and for a first message that a price depends on. Default 30 s. */
  readonly requestMs: number;
  /** Milliseconds without a stream after which an HTTP/2 connection is told to go. Default 10 min. */
  readonly idleMs: number;
  /** Milliseconds that a client may leave an answer unread. Default 5 min. */
  readonly stallMs: number;
  /** Milliseconds of silence until a connection is asked whether it lives; the same again for its answer. Default 20 s. */
  readonly keepAliveMs: number;
  /** Milliseconds that a client has to read an answer after its status was given. Default 60 s. */
  readonly lingerMs: number;
}

/** Limits unless told otherwise. */
export const defaultLimits: ListenerLimits = {
  maxMessageBytes: 4 * 1024 * 1024,
  streamWindowBytes: 512 * 1024,
  sessionWindowBytes: 16 * 1024 * 1024,
  maxStreamsPerConnection: 1000,
  maxStreams: 20_000,
  maxSilentCalls: 2_000,
  maxConnections: 10_000,
  maxConnectionsPerAddress: 1_000,
  maxStreamsPerAddress: 2_000,
  uncappedAddresses: [],
  maxHeldBytes: 256 * 1024 * 1024,
  idleBytes: 64 * 1024,
  firstBytesMs: 10_000,
  requestMs: 30_000,
  idleMs: 600_000,
  stallMs: 300_000,
  keepAliveMs: 20_000,
  lingerMs: 60_000,
};

/** What makes a listener. */
export interface ListenerOptions {
  /** Name or address of the interface, for example `127.0.0.1`. */
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** The path of a call; must end the exchange. */
  readonly onCall: (exchange: Exchange) => void | Promise<void>;
  /** Where calls are forwarded to. */
  readonly upstream: Upstream;
  readonly ownServices: OwnServices;
  /** Answers requests that are no RPC: heartbeat, encoding, and 404 for the rest. */
  readonly http1: RequestHandler;
  /** What pages of other origins may do; what the official daemon allows unless given. */
  readonly cors?: CorsOptions;
  /** Given, the port speaks nothing but TLS. */
  readonly tls?: TlsSettings;
  readonly limits?: Partial<ListenerLimits>;
  /** Given, these are counted up instead of new ones. */
  readonly counters?: ListenerCounters;
  /** Told of what must never happen: a call path or a handler that throws. */
  readonly onFault?: (fault: unknown) => void;
}

/** {@link ListenerOptions} with nothing left open. */
export type ListenerContext = Required<
  Omit<ListenerOptions, 'host' | 'port' | 'limits' | 'tls'>
> & {
  readonly limits: ListenerLimits;
  /** Called whenever a socket or a call is over. */
  readonly onLess: () => void;
  /** Calls whose carrier is not closed. */
  readonly exchanges: Set<ServerExchange>;
  readonly silentCalls: SilentCalls;
  readonly addressCaps: AddressCaps;
};
