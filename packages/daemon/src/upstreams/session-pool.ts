import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import { BaseError } from '@snetkit/core';
import { type ConnectOptions, connectSession } from './connect-session.ts';
import { createResetBudget } from './reset-budget.ts';

/** One HTTP/2 session of a pool. */
export interface PooledSession {
  readonly http2: ClientHttp2Session;
  /** Streams that are open on it. */
  streams: number;
  /** How many the peer allows at once. */
  limit: number;
  readonly scheme: 'http' | 'https';
  /** `host:port` of the peer. */
  readonly authority: string;
  /** Gives one stream of it back. */
  release(): void;
  /** Resets a stream, at once or as soon as the peer can be expected to bear it. */
  cancel(stream: ClientHttp2Stream): void;
}

/** Who waits for a session with room for one more stream. */
export interface SessionWaiter {
  /** The session is counted as having one more stream; give it back with {@link PooledSession.release}. */
  onSession(session: PooledSession): void;
  /** No session can be had. */
  onFailure(cause: unknown): void;
}

/** What a pool has counted; read only for others. */
export interface PoolCounters {
  /** Sessions that are open or being opened. */
  sessions: number;
  /** Streams that are open. */
  streams: number;
  /** Sessions ever asked for, and those of them that failed. */
  connects: number;
  connectFailures: number;
}

/** What makes a pool. */
export interface SessionPoolOptions extends ConnectOptions {
  /** How many sessions there may be at once; calls beyond what they carry wait. */
  readonly maxSessions: number;
}

/** Sessions to one peer: opened on demand, another one when the peer's limit of streams is reached. */
export interface SessionPool {
  readonly counters: Readonly<PoolCounters>;
  /** Asks for a session with room; usually there is one, and the waiter is told before this returns. */
  acquire(waiter: SessionWaiter): void;
  forget(waiter: SessionWaiter): void;
  close(): Promise<void>;
}

/** Makes a pool. Nothing is opened before it is needed. */
export function createSessionPool(options: SessionPoolOptions): SessionPool {
  const { host: authority, protocol } = options.endpoint;
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const counters: PoolCounters = { sessions: 0, streams: 0, connects: 0, connectFailures: 0 };
  const ready: PooledSession[] = [];
  const waiters = new Set<SessionWaiter>();
  const closers = new Set<() => Promise<void>>();
  let isConnecting = false;
  let isClosed = false;

  function take(): PooledSession | undefined {
    for (const session of ready) {
      if (session.streams >= session.limit || session.http2.closed) continue;
      session.streams++;
      counters.streams++;
      return session;
    }
    return undefined;
  }

  function serve(): void {
    for (const waiter of waiters) {
      const session = take();
      if (session === undefined) break;
      waiters.delete(waiter);
      waiter.onSession(session);
    }
    if (waiters.size > 0 && !isConnecting && ready.length < options.maxSessions) open();
  }

  function open(): void {
    isConnecting = true;
    counters.sessions++;
    counters.connects++;
    let pooled: PooledSession | undefined;
    const connection = connectSession(options, {
      onReady(http2, limit) {
        isConnecting = false;
        const budget = createResetBudget(http2, () => {
          isSpent = true;
          retire();
          endSpent();
        });
        let isSpent = false;
        // Those that are left are to be cancelled: without their session they all are.
        const endSpent = () => {
          if (isSpent && session.streams <= budget.waiting) http2.destroy();
        };
        const session: PooledSession = {
          ...{ http2, streams: 0, limit, scheme, authority },
          cancel: (stream) => budget.cancel(stream),
          release() {
            session.streams--;
            counters.streams--;
            endSpent();
            if (waiters.size > 0) serve();
          },
        };
        pooled = session;
        ready.push(session);
        serve();
      },
      onLimit(limit) {
        if (pooled !== undefined) pooled.limit = limit;
        serve();
      },
      // Streams that run may end; new ones need another session.
      onDraining: () => retire(),
      onClosed(cause) {
        counters.sessions--;
        closers.delete(connection.close);
        if (pooled === undefined) fail(cause);
        else {
          retire();
          if (!isClosed) serve();
        }
      },
    });
    closers.add(connection.close);

    function retire(): void {
      const at = pooled === undefined ? -1 : ready.indexOf(pooled);
      if (at >= 0) ready.splice(at, 1);
    }
  }

  function fail(cause: unknown): void {
    isConnecting = false;
    counters.connectFailures++;
    // Those that are full will have room again.
    if (ready.length > 0 && !isClosed) return;
    const failed = [...waiters];
    waiters.clear();
    for (const waiter of failed) waiter.onFailure(cause);
  }

  return {
    counters,
    acquire(waiter) {
      if (isClosed)
        return waiter.onFailure(new BaseError('UPSTREAM_UNREACHABLE', 'the daemon is stopping'));
      // Those that wait already come first.
      const session = waiters.size === 0 ? take() : undefined;
      if (session !== undefined) return waiter.onSession(session);
      waiters.add(waiter);
      serve();
    },
    forget: (waiter) => void waiters.delete(waiter),
    async close() {
      isClosed = true;
      await Promise.all([...closers].map((close) => close()));
    },
  };
}
