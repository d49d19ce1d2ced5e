import type { Exchange } from '../../src/call/exchange.ts';
import type { EndStatus } from '../../src/call/status.ts';
import type { ListenerOptions } from '../../src/listener/listener-options.ts';
import { type Listener, startListener } from '../../src/listener/start-listener.ts';
import {
  createGrpcUpstream,
  type GrpcUpstream,
  type GrpcUpstreamOptions,
} from '../../src/upstreams/grpc.ts';
import { connectRawClient, type RawClient } from './raw-client.ts';

/** A listener before a service, and a client before the listener. */
export interface Transport {
  readonly listener: Listener;
  readonly upstream: GrpcUpstream;
  readonly client: RawClient;
  /** Faults that must never happen; checked to be none at the end. */
  readonly faults: unknown[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** What a test may want otherwise. */
export interface TransportOptions extends Partial<ListenerOptions> {
  readonly service?: Partial<GrpcUpstreamOptions>;
  /** `false`: no client of its own, for a listener that it could not talk to. */
  readonly connectClient?: false;
}

/** Starts both ends; calls take {@link passThrough} unless told otherwise. */
export async function startTransport(
  { endpoint }: { endpoint: string },
  { service, connectClient, ...options }: TransportOptions = {},
): Promise<Transport> {
  const faults: unknown[] = [];
  const upstream = createGrpcUpstream({ endpoint, ...service });
  const listener = await startListener({
    host: '127.0.0.1',
    port: 0,
    upstream,
    onCall: passThrough,
    ownServices: { owns: () => false, handler: () => {} },
    http1: (_request, response) => {
      response.statusCode = 404;
      response.end();
    },
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  const client = connectClient === false ? undefined : await connectRawClient(listener.endpoint);
  return {
    listener,
    upstream,
    client: client as RawClient,
    faults,
    async [Symbol.asyncDispose]() {
      await client?.[Symbol.asyncDispose]();
      await listener.close({ graceMs: 0 });
      await upstream.close();
    },
  };
}

/** The path of a call that costs nothing. */
export async function passThrough(exchange: Exchange): Promise<void> {
  exchange.forward({ set: {}, drop: new Set() });
  const first = await exchange.response;
  if (first !== 'message') return exchange.end(first === 'left' ? gone : first);
  if (exchange.release() === 'gone') return exchange.end(gone);
  const end = exchange.ended ?? (await exchange.done);
  exchange.end(end === 'left' ? gone : end);
}

const gone: EndStatus = { code: 1, message: 'the client left' };
