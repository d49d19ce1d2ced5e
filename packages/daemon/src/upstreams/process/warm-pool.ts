import { causeText } from '../cause-text.ts';
import { processFailed } from './process-failed.ts';
import type { ProgramRun, StartRun } from './program-run.ts';
import type { ProgramOptions } from './spawn-program.ts';
import { WarmProgram } from './warm-program.ts';

/** How programs are kept. */
export interface WarmOptions {
  /** How many wait for calls. */
  readonly programs: number;
  /** Calls after which one is replaced. */
  readonly maxCalls: number;
  /** Milliseconds after which one is replaced, when it has finished its call. */
  readonly maxAgeMs: number;
  /** Memory above which one is replaced, when it has finished its call. */
  readonly maxBytes: number;
}

/** Programs that are started before they are needed, and serve one call after the other. */
export interface WarmPool {
  readonly start: StartRun;
  /** Ends all of them; resolves when they are gone. */
  close(): Promise<void>;
}

/**
 * Keeps programs warm. A call takes one that is free, or starts one; programs beyond those that are kept
 * end with their call. One that ends by itself is replaced at once if it has ever served a call,
 * otherwise after a pause that becomes longer, or when a call needs it.
 */
export function createWarmPool(program: ProgramOptions, options: WarmOptions): WarmPool {
  const free: WarmProgram[] = [];
  const all = new Set<WarmProgram>();
  let [left, pauseMs, isClosed] = [0, firstPauseMs, false];
  let timer: NodeJS.Timeout | undefined;
  let onLast = () => {};

  function spawn(): WarmProgram {
    const one = new WarmProgram(program, {
      free: release,
      dead: bury,
      gone() {
        if (--left === 0) onLast();
      },
    });
    left++;
    all.add(one);
    return one;
  }

  function release(one: WarmProgram): void {
    pauseMs = firstPauseMs;
    if (isClosed || all.size > options.programs || isWornOut(one)) one.destroy();
    else free.push(one);
  }

  function isWornOut(one: WarmProgram): boolean {
    const { maxCalls, maxAgeMs, maxBytes } = options;
    if (one.calls >= maxCalls || performance.now() - one.startedAt >= maxAgeMs) return true;
    return maxBytes !== Number.POSITIVE_INFINITY && one.residentBytes > maxBytes;
  }

  function bury(one: WarmProgram): void {
    all.delete(one);
    const at = free.indexOf(one);
    if (at >= 0) free.splice(at, 1);
    if (one.calls > 0) fill();
    else fillLater();
  }

  function fill(): void {
    if (isClosed) return;
    try {
      while (all.size < options.programs) free.push(spawn());
    } catch {
      // Told to the call that needs one.
      fillLater();
    }
  }

  function fillLater(): void {
    if (isClosed || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      fill();
    }, pauseMs);
    timer.unref();
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  fill();
  return {
    start(task, events) {
      try {
        // The one that was busy last has most of what it needs at hand.
        return (free.pop() ?? spawn()).serve(task, events);
      } catch (cause) {
        queueMicrotask(() => {
          events.onEnd(processFailed(causeText(cause), ''));
          events.onGone();
        });
        return deadRun;
      }
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      const gone = new Promise<void>((resolve) => {
        onLast = resolve;
      });
      for (const one of all) one.destroy();
      if (left > 0) await gone;
    },
  };
}

const deadRun: ProgramRun = { write: () => true, end() {}, pause() {}, resume() {}, kill() {} };
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;
