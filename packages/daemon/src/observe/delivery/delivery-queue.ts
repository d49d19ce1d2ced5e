import { systemTimers, type Timers } from '../../accounts/account-ports.ts';

/** What is counted of deliveries to one place; every item ends as sent or dropped. */
export interface DeliveryCounters {
  queued: number;
  sent: number;
  /** Tries that failed and are made again. */
  retries: number;
  /** By reason: `full`, `refused` by the other end, `stopped` before they were sent. */
  readonly dropped: Record<DropReason, number>;
}

/** Why something was never delivered. */
export type DropReason = 'full' | 'refused' | 'stopped';

/** Counters at zero. */
export function createDeliveryCounters(): DeliveryCounters {
  return { queued: 0, sent: 0, retries: 0, dropped: { full: 0, refused: 0, stopped: 0 } };
}

/** The other end will never take the item, however often it is asked. */
export class DeliveryRefused extends Error {
  override readonly name = 'DeliveryRefused';
}

/** What makes a {@link DeliveryQueue}. */
export interface DeliveryQueueOptions<T> {
  /**
   * Delivers one item.
   * @throws DeliveryRefused when it is of no use to try again; anything else is tried again
   */
  readonly send: (item: T, signal: AbortSignal) => Promise<void>;
  readonly counters: DeliveryCounters;
  /** Most items that wait; more are dropped. */
  readonly maxItems: number;
  /** So many at once. */
  readonly width: number;
  /** Told of trouble: the first of several failures, and each item that is dropped for good. */
  readonly onTrouble: (trouble: {
    readonly dropped?: DropReason;
    readonly cause?: unknown;
  }) => void;
  readonly timers?: Timers;
  /** Milliseconds until the first retry, then twice as long each time. Default 1 s. */
  readonly firstRetryMs?: number;
}

/** Delivers things to somebody who may be away, beside whatever else this process does. */
export interface DeliveryQueue<T> {
  /** Takes an item, or drops it and counts that; never waits and never throws. */
  push(item: T): void;
  /** Takes no more; tries to deliver what is left for at most `ms`, then drops and counts the rest. */
  close(options: { ms: number }): Promise<void>;
}

const longestRetryMs = 60_000;
/** Milliseconds for one try. */
const tryMs = 10_000;

/** A queue whose workers pause together while the other end is away, each time for longer. */
export function createDeliveryQueue<T>(options: DeliveryQueueOptions<T>): DeliveryQueue<T> {
  const { send, counters, maxItems, width, onTrouble, timers = systemTimers } = options;
  const { firstRetryMs = 1_000 } = options;
  const waiting: T[] = [];
  const stopped = new AbortController();
  let running = 0;
  let isClosed = false;
  let isPaused = false;
  let retryMs = firstRetryMs;
  let onIdle = () => {};

  function pump(): void {
    while (!isPaused && running < width && !stopped.signal.aborted) {
      const item = waiting.shift();
      if (item === undefined) break;
      running += 1;
      void deliver(item).finally(() => {
        running -= 1;
        pump();
      });
    }
    if (running === 0 && waiting.length === 0) onIdle();
  }

  async function deliver(item: T): Promise<void> {
    try {
      await send(item, AbortSignal.any([stopped.signal, AbortSignal.timeout(tryMs)]));
      retryMs = firstRetryMs;
      counters.sent += 1;
      counters.queued -= 1;
    } catch (cause) {
      if (cause instanceof DeliveryRefused) drop('refused', cause);
      else if (stopped.signal.aborted) drop('stopped', cause);
      else retry(item, cause);
    }
  }

  function retry(item: T, cause: unknown): void {
    counters.retries += 1;
    // Behind the others: one that is never taken must not keep them.
    waiting.push(item);
    if (isPaused) return;
    if (retryMs === firstRetryMs) onTrouble({ cause });
    isPaused = true;
    // Many daemons must not come back at the same moment.
    const ms = retryMs * (0.5 + Math.random() / 2);
    retryMs = Math.min(longestRetryMs, retryMs * 2);
    timers.after(ms, () => {
      isPaused = false;
      pump();
    });
  }

  function drop(reason: DropReason, cause?: unknown): void {
    counters.dropped[reason] += 1;
    counters.queued -= 1;
    onTrouble({ dropped: reason, cause });
  }

  return {
    push(item) {
      counters.queued += 1;
      if (isClosed) return drop('stopped');
      if (waiting.length >= maxItems) return drop('full');
      waiting.push(item);
      pump();
    },
    async close({ ms }) {
      isClosed = true;
      // A pause that is longer than what is left would be the end of what waits.
      isPaused = false;
      retryMs = firstRetryMs;
      const idle = new Promise<void>((resolve) => {
        onIdle = resolve;
      });
      const calledOff = timers.after(ms, () => stopped.abort());
      pump();
      await Promise.race([
        idle,
        new Promise<void>((resolve) =>
          stopped.signal.addEventListener('abort', () => resolve(), { once: true }),
        ),
      ]);
      calledOff();
      stopped.abort();
      for (const _ of waiting.splice(0)) drop('stopped');
    },
  };
}
