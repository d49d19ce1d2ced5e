import type { ChainClient } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';
import type { ChainCounters } from './chain-counters.ts';
import type { ExpiryClock } from './chain-view.ts';
import { connectHead } from './connect-head.ts';
import { type Head, readHead } from './head.ts';
import { type ChainTimers, systemChainTimers } from './timers.ts';

/** A new head, and whether blocks that were seen before it are gone. */
export interface HeadChange {
  readonly head: Head;
  readonly replaced: boolean;
}

/** Options of {@link createBlockClock}. */
export interface BlockClockOptions {
  readonly client: ChainClient;
  /** Milliseconds between two polls; 5,000 unless given. */
  readonly pollMs?: number;
  /** How old the last answer may be; unless given, five polls but at least 60,000 ms. */
  readonly maxAgeMs?: number;
  /** Milliseconds between two blocks when they come as fast as they can; 1,000 unless given. */
  readonly fastestBlockMs?: number;
  /** Milliseconds for one poll; 5,000 unless given. */
  readonly timeoutMs?: number;
  /** Ends the clock. */
  readonly signal?: AbortSignal;
  /** Called for every new head, in order. */
  readonly onBlock?: (change: HeadChange) => void;
  readonly counters?: ChainCounters;
  readonly timers?: ChainTimers;
}

/** The clock, for those who read the chain themselves. */
export interface RunningBlockClock extends ExpiryClock {
  /**
   * The head, asked for after this call; callers at the same time share a request.
   * @throws BaseError when the chain does not answer in time
   */
  refresh(): Promise<Head>;
  /** Tells of the head, if there is one, and of every new one; returns how to stop that. */
  subscribe(listener: (change: HeadChange) => void): () => void;
}

/** After the first failure the next poll comes this soon, then each time twice as late. */
const firstRetryMs = 500;
const maxRetryMs = 30_000;
/** Whoever asks for a block that is too old makes it be asked for anew, but not more often than this. */
const urgentRetryMs = 1_000;
const keptHashes = 256n;
/** So many times in a row an older block was the newest: then it is. */
const maxBehind = 3;

/**
 * The one clock of a process: a single `eth_getBlockByNumber` each `pollMs` for everybody. Trusted
 * while `now - start of the last poll that was answered <= maxAgeMs`. A block number does not go back
 * because a node lags, only because blocks were replaced, or are gone for three polls in a row. After a failure it retries after 0.5 s, 1 s,
 * 2 s, ... up to 30 s (or `pollMs`, when that is longer).
 */
export function createBlockClock(options: BlockClockOptions): RunningBlockClock {
  const { client, pollMs = 5_000, timeoutMs = 5_000, signal, onBlock, counters } = options;
  const { maxAgeMs = Math.max(60_000, 5 * pollMs), timers = systemChainTimers } = options;
  const { fastestBlockMs = 1_000 } = options;
  const listeners = new Set<(change: HeadChange) => void>(onBlock && [onBlock]);
  const hashes = new Map<bigint, string>();
  let last: Head | undefined;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let failure: unknown;
  let failures = 0;
  let behind = 0;
  let running: Promise<Head> | undefined;
  let following: Promise<Head> | undefined;
  /** Whether the running poll has yet to be sent. */
  let joinable = false;
  let stopTimer = () => {};

  async function poll(): Promise<Head> {
    const startedAt = timers.now();
    askedAt = startedAt;
    const deadline = new AbortController();
    const stopDeadline = timers.after(timeoutMs, () => deadline.abort(timedOut(timeoutMs)));
    const stop = {
      signal: AbortSignal.any(signal ? [signal, deadline.signal] : [deadline.signal]),
    };
    try {
      const head = await readHead(client, 'latest', stop);
      if (head === undefined) throw new BaseError('RPC_ANSWER_INVALID', 'The chain has no block.');
      const step = last
        ? await connectHead(head, { last, hashes, readHead: (n) => readHead(client, n, stop) })
        : 'extends';
      answeredAt = startedAt;
      failures = 0;
      failure = undefined;
      behind = step === 'behind' ? behind + 1 : 0;
      if (step === 'extends') adopt(head, false);
      else if (step === 'replaced' || behind === maxBehind) adopt(head, true);
      return last ?? head;
    } catch (error) {
      failures += 1;
      failure = error;
      throw error;
    } finally {
      stopDeadline();
    }
  }

  function adopt(head: Head, replaced: boolean): void {
    last = head;
    behind = 0;
    if (replaced) hashes.clear();
    if (replaced && counters) counters.reorganisations += 1;
    hashes.set(head.number, head.hash).set(head.number - 1n, head.parentHash);
    for (const number of hashes.keys()) {
      if (number < head.number - keptHashes) hashes.delete(number);
    }
    for (const listener of listeners) listener({ head, replaced });
  }

  async function pollNext(): Promise<Head> {
    joinable = true;
    // Whoever asks in the same turn shares it.
    await undefined;
    joinable = false;
    return poll();
  }

  function start(): Promise<Head> {
    running = pollNext().finally(() => {
      running = undefined;
    });
    return running;
  }

  function refresh(): Promise<Head> {
    if (signal?.aborted) return Promise.reject(new BaseError('ABORTED', 'The clock was stopped.'));
    if (running === undefined) return start();
    if (joinable) return running;
    // The one that runs may have been answered before this call.
    following ??= running
      .catch(() => {})
      .then(() => {
        following = undefined;
        return running ?? start();
      });
    return following;
  }

  function schedule(): void {
    const retryMs = Math.min(firstRetryMs * 2 ** (failures - 1), Math.max(maxRetryMs, pollMs));
    stopTimer = timers.after(failures > 0 ? retryMs : pollMs, tick);
  }

  function tick(): void {
    refresh().then(schedule, () => {
      if (!signal?.aborted) schedule();
    });
  }

  /** The next regular retry may be far away, and somebody is waiting for it. */
  function askSoon(): void {
    if (running !== undefined || timers.now() - askedAt < urgentRetryMs) return;
    refresh().catch(() => {});
  }

  signal?.addEventListener('abort', () => stopTimer(), { once: true });
  if (!signal?.aborted) tick();

  return {
    current() {
      const age = timers.now() - answeredAt;
      if (last !== undefined && age <= maxAgeMs) return last.number;
      askSoon();
      throw new BaseError('BLOCK_UNKNOWN', 'cannot determine current block', {
        expected: `a block read within the last ${maxAgeMs} ms`,
        found: last ? `block ${last.number}, read ${Math.round(age)} ms ago` : 'no block read yet',
        cause: failure,
      });
    },
    latestPossible() {
      const age = timers.now() - answeredAt;
      if (last === undefined) {
        throw new BaseError('BLOCK_UNKNOWN', 'cannot determine current block', {
          found: 'no block read yet',
          cause: failure,
        });
      }
      const isOverdue = failures > 0 || age > pollMs + timeoutMs;
      return isOverdue ? last.number + BigInt(Math.ceil(age / fastestBlockMs)) : last.number;
    },
    refresh,
    subscribe(listener) {
      listeners.add(listener);
      if (last !== undefined) listener({ head: last, replaced: false });
      return () => listeners.delete(listener);
    },
  };
}

function timedOut(timeoutMs: number): BaseError {
  return new BaseError('RPC_TIMED_OUT', 'The chain did not answer eth_getBlockByNumber in time.', {
    expected: `an answer within ${timeoutMs} ms`,
  });
}
