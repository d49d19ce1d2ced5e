import type { Backend, Backends } from './backends.ts';
import type { PoolCounters, SessionPool, SessionWaiter } from './session-pool.ts';

/**
 * Several pools as one: each call goes to the backend whose turn it is, and on to the next one when no
 * session can be had there. Nothing has been sent by then.
 */
export function spreadSessions(
  backends: Backends,
  createPool: (endpoint: URL) => SessionPool,
): SessionPool {
  const pools = new Map(backends.all.map((backend) => [backend, createPool(backend.url)]));
  const [only] = pools.values();
  if (pools.size === 1 && only !== undefined) return only;
  /** Where each one waits now. */
  const places = new Map<SessionWaiter, { pool: SessionPool; inner: SessionWaiter }>();

  function ask(waiter: SessionWaiter, tried: Set<Backend>, lastCause?: unknown): void {
    const backend = backends.pick(tried);
    const pool = backend && pools.get(backend);
    if (backend === undefined || pool === undefined) {
      waiter.onFailure(lastCause);
      return;
    }
    const inner: SessionWaiter = {
      onSession(session) {
        places.delete(waiter);
        waiter.onSession(session);
      },
      onFailure(cause) {
        places.delete(waiter);
        backends.failed(backend, cause);
        ask(waiter, tried.add(backend), cause);
      },
    };
    places.set(waiter, { pool, inner });
    pool.acquire(inner);
  }

  return {
    get counters() {
      return sum([...pools.values()].map(({ counters }) => counters));
    },
    acquire: (waiter) => ask(waiter, new Set()),
    forget(waiter) {
      const place = places.get(waiter);
      places.delete(waiter);
      place?.pool.forget(place.inner);
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

function sum(all: readonly PoolCounters[]): PoolCounters {
  const total: PoolCounters = { sessions: 0, streams: 0, connects: 0, connectFailures: 0 };
  for (const counters of all) {
    total.sessions += counters.sessions;
    total.streams += counters.streams;
    total.connects += counters.connects;
    total.connectFailures += counters.connectFailures;
  }
  return total;
}
