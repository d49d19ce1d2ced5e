import { Worker } from 'node:worker_threads';
import type { FuzzResult, FuzzTally } from './fuzz.ts';
import { type FuzzMessage, type FuzzTask, sharedHead } from './worker.ts';

/** What a target is searched with. */
export interface RunOptions {
  readonly target: string;
  readonly seed: number;
  readonly ms: number;
  readonly isDistilled?: boolean;
  /** An input that is not done by then never will be; 30 s unless given, because machines are shared. */
  readonly hangMs?: number;
  onProgress?(tally: FuzzTally): void;
}

/** What came of it, and what is worth keeping when that was asked. */
export interface TargetRun {
  readonly target: string;
  readonly seed: number;
  readonly result: FuzzResult;
  readonly distilled?: readonly Uint8Array[];
}

const maxInputBytes = 1024 * 1024;

/**
 * Searches one target in a thread of its own. A thread that hangs, dies or runs out of memory leaves
 * the input that it was working on behind.
 */
export async function runTarget(options: RunOptions): Promise<TargetRun> {
  const { target, seed, ms, isDistilled = false, onProgress } = options;
  const { hangMs = 30_000 } = options;
  const shared = new SharedArrayBuffer(sharedHead + maxInputBytes);
  const task: FuzzTask = { target, seed, ms, isDistilled, shared };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: task,
    execArgv: ['--conditions=@snetkit/source'],
    // What needs more ends the thread or, as V8 pleases, the whole run: either way it fails.
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  let tally: FuzzTally = { executions: 0, covered: 0, kept: 0, slowestMs: 0, grownBytes: 0 };
  const lost = (text: string): TargetRun => {
    const input = Uint8Array.from(readInput(shared));
    return { target, seed, result: { ...tally, discovered: [], finding: { input, text } } };
  };
  const watch = watchProgress(shared, hangMs);
  try {
    return await new Promise<TargetRun>((resolve) => {
      worker.on('message', (message: FuzzMessage) => {
        if ('progress' in message) {
          tally = message.progress;
          onProgress?.(tally);
        } else resolve({ target, seed, ...message });
      });
      worker.on('error', (fault) => resolve(lost(fault.stack ?? fault.message)));
      worker.on('exit', () => resolve(lost('the thread ended by itself')));
      void watch.hung.then(() => resolve(lost(`an input ran for more than ${hangMs} ms`)));
    });
  } finally {
    watch.stop();
    await worker.terminate();
  }
}

/** Notices when the number of inputs stands still. */
function watchProgress(
  shared: SharedArrayBuffer,
  hangMs: number,
): { hung: Promise<void>; stop(): void } {
  const head = new Int32Array(shared, 0, 3);
  const { promise: hung, resolve } = Promise.withResolvers<void>();
  let last = 0;
  let since = performance.now();
  const timer = setInterval(
    () => {
      const count = Atomics.load(head, 0);
      const isRunning = Atomics.load(head, 2) === 1;
      if (count !== last || !isRunning) since = performance.now();
      last = count;
      if (performance.now() - since > hangMs) resolve();
    },
    Math.min(1_000, hangMs / 4),
  );
  return { hung, stop: () => clearInterval(timer) };
}

function readInput(shared: SharedArrayBuffer): Uint8Array {
  const [, length = 0] = new Int32Array(shared, 0, 2);
  return new Uint8Array(shared, sharedHead, length);
}
