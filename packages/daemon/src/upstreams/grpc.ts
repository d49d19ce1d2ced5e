import { BaseError } from '@snetkit/core';
import { type Backends, createBackends } from './backends.ts';
import { GrpcCall, type GrpcCallContext } from './grpc-call.ts';
import { createSessionPool, type PoolCounters } from './session-pool.ts';
import { spreadSessions } from './spread-sessions.ts';
import type { Upstream } from './upstream.ts';

/** What makes a gRPC upstream. */
export interface GrpcUpstreamOptions {
  /** `http://host:port`, or `https://host:port` for TLS (`service_endpoint`); or several of them. */
  readonly endpoint: string | Backends;
  /** `encoding` of the service metadata: becomes the content-subtype. */
  readonly encoding?: 'proto' | 'json';
  /** Milliseconds that a call may take whose client gave no deadline (`service_timeout`). */
  readonly serviceTimeoutMs?: number;
  /** Largest message that the service may send (`max_message_size_in_mb`). */
  readonly maxMessageBytes?: number;
  /** PEM certificates to trust instead of the system's roots. */
  readonly ca?: string | undefined;
  /** PEM certificate that the daemon shows to the service, and its key. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly connectTimeoutMs?: number;
  readonly maxSessions?: number;
  readonly streamWindowBytes?: number;
  readonly sessionWindowBytes?: number;
  readonly userAgent?: string;
}

/** A gRPC service behind the daemon. */
export interface GrpcUpstream extends Upstream {
  readonly counters: Readonly<PoolCounters>;
}

/**
 * Forwards calls to a gRPC service over HTTP/2: bytes as they are, path unchanged, metadata by
 * daemon.md, section 2. Sessions are shared, opened on demand and opened again when lost.
 *
 * @throws BaseError when the endpoint is not an http or https URL
 */
export function createGrpcUpstream(options: GrpcUpstreamOptions): GrpcUpstream {
  const {
    encoding = 'proto',
    serviceTimeoutMs = 100_000,
    maxMessageBytes = 4 * 1024 * 1024,
    connectTimeoutMs = 5000,
    maxSessions = 32,
    streamWindowBytes = 512 * 1024,
    sessionWindowBytes = 16 * 1024 * 1024,
    userAgent = 'snetd',
  } = options;
  const { ca, cert, key } = options;
  const backends =
    typeof options.endpoint === 'string'
      ? single(parseEndpoint(options.endpoint))
      : options.endpoint;
  const pool = spreadSessions(backends, (endpoint) =>
    createSessionPool({
      ...{ endpoint, ca, cert, key },
      ...{ connectTimeoutMs, maxSessions, streamWindowBytes, sessionWindowBytes },
    }),
  );
  const context: GrpcCallContext = {
    pool,
    serviceTimeoutMs,
    maxMessageBytes,
    headers: { contentType: `application/grpc+${encoding}`, userAgent },
  };
  return {
    get counters() {
      return pool.counters;
    },
    open(request, receiver) {
      const call = new GrpcCall(context, request, receiver);
      call.start();
      return call;
    },
    async close() {
      backends.close();
      await pool.close();
    },
  };
}

function single(url: URL): Backends {
  return createBackends({
    endpoints: [{ url, weight: 1 }],
    check: () => Promise.resolve(),
    intervalMs: 0,
  });
}

function parseEndpoint(text: string): URL {
  const endpoint = URL.parse(text);
  if (endpoint?.protocol === 'http:' || endpoint?.protocol === 'https:') return endpoint;
  throw new BaseError(
    'CONFIG_VALUE_INVALID',
    'The endpoint of the service is not a URL of a gRPC service.',
    {
      place: 'service_endpoint',
      expected: 'http://host:port or https://host:port',
      found: text,
    },
  );
}
