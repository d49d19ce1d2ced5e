import { type ClientHttp2Session, type ClientHttp2Stream, constants } from 'node:http2';
import { resetStream } from '../wire/reset-stream.ts';

/** Cancels streams of one session, no faster than its peer endures. */
export interface ResetBudget {
  cancel(stream: ClientHttp2Stream): void;
  /** Streams that are to be cancelled and are not yet. */
  readonly waiting: number;
}

/**
 * Peers take many resets for an attack (rapid reset) and close the session, with the calls of everybody
 * on it. What is beyond the budget waits, with its data held back; `onSpent` is told once, so that the
 * session gets no more calls.
 */
export function createResetBudget(http2: ClientHttp2Session, onSpent: () => void): ResetBudget {
  const waiting = new Set<ClientHttp2Stream>();
  let [tokens, filledAt, isSpent] = [burst, performance.now(), false];
  let isTimed = false;

  function take(): boolean {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens--;
    return true;
  }

  function drain(): void {
    isTimed = false;
    for (const stream of waiting) {
      if (!take()) break;
      waiting.delete(stream);
      resetStream(stream, constants.NGHTTP2_CANCEL);
    }
    if (waiting.size > 0 && !http2.destroyed) drainLater();
  }

  function drainLater(): void {
    isTimed = true;
    setTimeout(drain, drainMs).unref();
  }

  return {
    get waiting() {
      return waiting.size;
    },
    cancel(stream) {
      if (stream.closed || take()) {
        resetStream(stream, constants.NGHTTP2_CANCEL);
        return;
      }
      stream.pause();
      waiting.add(stream);
      stream.once('close', () => waiting.delete(stream));
      if (!isTimed) drainLater();
      if (!isSpent) onSpent();
      isSpent = true;
    },
  };
}

// nghttp2, which many services stand on, allows 1,000 and 33 a second unless told otherwise.
const burst = 500;
const perSecond = 30;
const drainMs = 250;
