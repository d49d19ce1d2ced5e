import type { ClientHttp2Session } from 'node:http2';
import type { DescMessage, MessageInitShape, MessageShape } from '@bufbuild/protobuf';
import { BaseError } from '@snetkit/core';
import { Auth, Maintenance } from '../../gen/etcdserverpb/rpc_pb.ts';
import { causeText } from '../../upstreams/cause-text.ts';
import { connectSession } from '../../upstreams/connect-session.ts';
import { askGrpc, type GrpcMethod } from './ask-grpc.ts';
import { classifyEtcdFailure } from './etcd-failure.ts';
import type { EtcdTlsOptions, EtcdUser } from './etcd-options.ts';
import { GrpcFailure } from './grpc-failure.ts';
import { withinTime } from './within-time.ts';

/** What the endpoints of one client have in common. */
export interface EtcdEndpointOptions {
  readonly tls: EtcdTlsOptions | undefined;
  readonly user: EtcdUser | undefined;
  readonly connectTimeoutMs: number;
  /**
   * Told which cluster a member belongs to, when it is met.
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
   * @throws BaseError when that takes too long or cannot be; nothing was sent
   */
  prepare(timeoutMs: number): Promise<void>;
  /**
   * One request, one answer.
   *
   * @throws GrpcFailure
   */
  ask<I extends DescMessage, O extends DescMessage>(
    method: GrpcMethod<I, O>,
    message: MessageInitShape<I>,
    timeoutMs: number,
  ): Promise<MessageShape<O>>;
  /** Takes no more; the session ends with the last request on it. */
  close(): void;
}

const isAuthOff = /^etcdserver: authentication is not enabled$/;
/** Stands for a token where none is needed. */
const noToken = '';
const streamWindowBytes = 4 * 2 ** 20;
const sessionWindowBytes = 16 * 2 ** 20;
/** After so long without an answer to a request, its session must show that it lives, */
const patienceMs = 500;
/** within this time. */
const pingTimeoutMs = 1_000;
/** etcd takes more than one ping in 5 s for an attack (--grpc-keepalive-min-time). */
const pingPauseMs = 6_000;

/** Connects to nothing yet. */
export function createEtcdEndpoint(url: string, options: EtcdEndpointOptions): EtcdEndpoint {
  const { tls, user, connectTimeoutMs, checkCluster } = options;
  const endpoint = new URL(url);
  const place = `etcd ${endpoint.host}`;
  let session: ClientHttp2Session | undefined;
  let closeSession = () => {};
  let token: string | undefined;
  let preparing: Promise<void> | undefined;
  /** Why the last attempt to connect failed. */
  let fault: unknown;
  let isProbing = false;
  let lastPing = Number.NEGATIVE_INFINITY;
  let running = 0;
  let isClosed = false;

  function isReady(): boolean {
    return session !== undefined && (user === undefined || token !== undefined);
  }

  async function prepare(timeoutMs: number): Promise<void> {
    if (isReady()) return;
    preparing ??= connect().finally(() => {
      preparing = undefined;
    });
    await withinTime(preparing, timeoutMs, () => unreachable(fault ?? 'it takes too long'));
  }

  async function connect(): Promise<void> {
    try {
      const opened = session ?? (await openSession());
      checkCluster(await introduce(opened), place);
      if (opened.destroyed) throw new GrpcFailure('the connection was closed');
      session = opened;
      fault = undefined;
    } catch (cause) {
      fault = cause;
      drop();
      throw cause instanceof BaseError && cause.place === place ? cause : unreachable(cause);
    }
  }

  /** Takes a token, if there is a user, and asks for the id of the cluster. */
  async function introduce(opened: ClientHttp2Session): Promise<bigint> {
    const within = { timeoutMs: connectTimeoutMs };
    if (user !== undefined) {
      try {
        const answer = await askGrpc(opened, Auth.method.authenticate, user, within);
        ({ token } = answer);
        return answer.header?.clusterId ?? 0n;
      } catch (cause) {
        // Then nobody needs one, until it is switched on.
        if (!(cause instanceof GrpcFailure) || !isAuthOff.test(cause.message)) throw cause;
        token = noToken;
      }
    }
    // With authentication on, not everybody may ask this (3.6).
    const { header } = await askGrpc(opened, Maintenance.method.status, {}, within);
    return header?.clusterId ?? 0n;
  }

  function openSession(): Promise<ClientHttp2Session> {
    return new Promise((resolve, reject) => {
      const { close } = connectSession(
        { endpoint, ...tls, connectTimeoutMs, streamWindowBytes, sessionWindowBytes },
        {
          onReady: (opened) => {
            // It must not keep a process alive that has nothing else to do.
            opened.unref();
            resolve(opened);
          },
          onLimit() {},
          onDraining: forget,
          onClosed(cause) {
            forget();
            reject(cause);
          },
        },
      );
      closeSession = () => void close();
      /** The next request opens another one; those on this one end on it. */
      function forget(): void {
        if (closeSession !== ownClose) return;
        session = undefined;
        closeSession = () => {};
      }
      const ownClose = closeSession;
    });
  }

  function drop(): void {
    session = undefined;
    token = undefined;
    closeSession();
    closeSession = () => {};
  }

  function unreachable(cause: unknown): BaseError {
    return new BaseError('STORE_UNAVAILABLE', 'etcd cannot be reached.', {
      place,
      found: causeText(cause),
      hint: 'Check that etcd runs, its endpoints, and the certificates, user and password for it.',
      cause,
    });
  }

  /** A session over a dead line, or to a process that is stopped, looks like one that thinks long. */
  function probe(suspect: ClientHttp2Session): void {
    const now = performance.now();
    if (isProbing || suspect.destroyed || now - lastPing < pingPauseMs) return;
    lastPing = now;
    isProbing = true;
    // Not in the same turn: after a pause of this process the answer may be here, but not read.
    const timer = setTimeout(() => setImmediate(end, false), pingTimeoutMs);
    timer.unref();
    suspect.ping((fault) => end(fault === null));
    function end(isAlive: boolean): void {
      if (!isProbing) return;
      isProbing = false;
      clearTimeout(timer);
      if (!isAlive && session === suspect) drop();
    }
  }

  async function ask<I extends DescMessage, O extends DescMessage>(
    method: GrpcMethod<I, O>,
    message: MessageInitShape<I>,
    timeoutMs: number,
  ): Promise<MessageShape<O>> {
    const used = session;
    if (used === undefined) throw new GrpcFailure('not connected', { isUnseen: true });
    const sentToken = token;
    // A member without a leader then says so at once, instead of letting the request hang.
    const headers = { hasleader: 'true', ...(sentToken ? { token: sentToken } : {}) };
    running += 1;
    const impatience = setTimeout(probe, patienceMs, used);
    impatience.unref();
    try {
      return await askGrpc(used, method, message, { timeoutMs, headers });
    } catch (cause) {
      if (classifyEtcdFailure(cause) === 'token' && token === sentToken) token = undefined;
      throw cause;
    } finally {
      clearTimeout(impatience);
      running -= 1;
      if (isClosed && running === 0) drop();
    }
  }

  return {
    url,
    place,
    prepare,
    ask,
    close() {
      isClosed = true;
      if (running === 0) drop();
    },
  };
}
