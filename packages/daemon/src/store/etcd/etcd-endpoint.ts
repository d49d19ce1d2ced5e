import type {
  DescMessage,
  DescMethodUnary,
  MessageInitShape,
  MessageShape,
} from '@bufbuild/protobuf';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
import { BaseError } from '@snetkit/core';
import { Auth, Maintenance } from '../../gen/etcdserverpb/rpc_pb.ts';
import type { EtcdMethod } from './etcd-method.ts';
import type { EtcdTlsOptions, EtcdUser } from './etcd-options.ts';

/** What the endpoints of one client have in common. */
export interface EtcdEndpointOptions {
  readonly tls: EtcdTlsOptions | undefined;
  readonly user: EtcdUser | undefined;
  readonly connectTimeoutMs: number;
  /**
   * Told the cluster that a member belongs to when it is met.
   *
   * @throws BaseError when it is the wrong one
   */
  readonly checkCluster: (clusterId: bigint, place: string) => void;
}

/** One member of the cluster: one HTTP/2 session, opened when it is needed. */
export interface EtcdEndpoint {
  readonly url: string;
  /** `etcd host:port`, for messages. */
  readonly place: string;
  /**
   * Resolves when requests can be sent.
   *
   * @throws BaseError when nothing was sent yet and cannot be
   */
  prepare(timeoutMs: number): Promise<void>;
  /** One request, one answer. @throws ConnectError */
  ask<I extends DescMessage, O extends DescMessage>(
    method: EtcdMethod<I, O>,
    message: MessageInitShape<I>,
    timeoutMs: number,
  ): Promise<MessageShape<O>>;
  /** The token is no longer good. */
  dropToken(): void;
  /** Takes no more; the session ends with the last request on it. */
  close(): void;
}

/** As the official daemon does; etcd takes more than one ping in 5 s for an attack. */
const pingIntervalMs = 10_000;
const pingTimeoutMs = 3_000;
/** A value may hold 1 MiB, a page of a list 256 of them at the very worst. */
const readMaxBytes = 0x7fffffff;

/** Connects to nothing yet. */
export function createEtcdEndpoint(url: string, options: EtcdEndpointOptions): EtcdEndpoint {
  const { tls, user, connectTimeoutMs, checkCluster } = options;
  const { host, origin, protocol } = new URL(url);
  const place = `etcd ${host}`;
  const sessions = new Http2SessionManager(
    origin,
    { pingIntervalMs, pingTimeoutMs },
    protocol === 'https:' ? { ...tls } : {},
  );
  const transport: Transport = createGrpcTransport({
    baseUrl: origin,
    sessionManager: sessions,
    readMaxBytes,
    acceptCompression: [],
  });
  let token: string | undefined;
  let preparing: Promise<void> | undefined;
  let running = 0;
  let isClosed = false;
  /** The session stands, its member belongs to the cluster and the token is good. */
  let isKnown = false;

  async function prepare(timeoutMs: number): Promise<void> {
    const state = sessions.state();
    if ((state === 'open' || state === 'idle') && preparing === undefined && isKnown) return;
    preparing ??= connect(Math.min(timeoutMs, connectTimeoutMs)).finally(() => {
      preparing = undefined;
    });
    await preparing;
  }

  async function connect(timeoutMs: number): Promise<void> {
    isKnown = false;
    const late = new Error(`no connection within ${Math.round(timeoutMs)} ms`);
    const timer = setTimeout(() => sessions.abort(late), timeoutMs);
    try {
      const state = await sessions.connect();
      if (state === 'error') throw sessions.error();
      if (user !== undefined) token = await authenticate(user, timeoutMs);
      const { header } = await unary(Maintenance.method.status, {}, timeoutMs);
      checkCluster(header?.clusterId ?? 0n, place);
      isKnown = true;
    } catch (cause) {
      throw cause instanceof BaseError ? cause : unreachable(cause);
    } finally {
      clearTimeout(timer);
    }
  }

  function unreachable(cause: unknown): BaseError {
    const reason = cause instanceof ConnectError ? (cause.cause ?? cause) : cause;
    return new BaseError('STORE_UNAVAILABLE', 'etcd cannot be reached.', {
      place,
      found: reason instanceof Error ? reason.message : String(reason),
      hint: 'Check that etcd runs, its endpoints, and the certificates, user and password for it.',
      cause,
    });
  }

  async function authenticate({ name, password }: EtcdUser, timeoutMs: number): Promise<string> {
    return (await unary(Auth.method.authenticate, { name, password }, timeoutMs)).token;
  }

  async function unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    message: MessageInitShape<I>,
    timeoutMs: number,
  ): Promise<MessageShape<O>> {
    // grpc-timeout takes whole milliseconds only.
    const limit = Math.ceil(timeoutMs);
    return (await transport.unary(method, undefined, limit, headers(), message)).message;
  }

  function headers(): Record<string, string> {
    // A member without a leader says so at once instead of letting the request hang.
    return { hasleader: 'true', ...(token === undefined ? {} : { token }) };
  }

  async function ask<I extends DescMessage, O extends DescMessage>(
    method: EtcdMethod<I, O>,
    message: MessageInitShape<I>,
    timeoutMs: number,
  ): Promise<MessageShape<O>> {
    running += 1;
    try {
      if (method.methodKind === 'unary') return await unary(method, message, timeoutMs);
      const answers = await transport.stream(
        method,
        undefined,
        Math.ceil(timeoutMs),
        headers(),
        only(message),
      );
      for await (const answer of answers.message) return answer;
      throw new ConnectError('no answer', Code.Unavailable);
    } finally {
      running -= 1;
      if (isClosed && running === 0) sessions.abort();
    }
  }

  return {
    url,
    place,
    prepare,
    ask,
    dropToken() {
      // The next request connects anew, which brings a new token.
      isKnown = false;
    },
    close() {
      isClosed = true;
      if (running === 0) sessions.abort();
    },
  };
}

async function* only<T>(message: T): AsyncGenerator<T> {
  yield message;
}
