import { parentPort, workerData } from 'node:worker_threads';
import { readCorpus } from './corpus.ts';
import { distil } from './distil.ts';
import { type FuzzResult, type FuzzTally, fuzz } from './fuzz.ts';
import { allTargets } from './targets/all-targets.ts';
import { plantedTargets } from './targets/planted-targets.ts';

/** What a thread is asked to do. */
export interface FuzzTask {
  readonly target: string;
  readonly seed: number;
  readonly ms: number;
  /** Whether to work out which inputs are worth keeping in the repository. */
  readonly isDistilled: boolean;
  /** The input that runs, for who watches: its number, its length, whether it runs still, its bytes. */
  readonly shared: SharedArrayBuffer;
}

/** What a thread tells. */
export type FuzzMessage =
  | { readonly progress: FuzzTally }
  | { readonly result: FuzzResult; readonly distilled?: readonly Uint8Array[] };

/** Bytes before those of the input. */
export const sharedHead = 12;

// Refusals are ordinary here, and most stacks are looked at by nobody.
Error.stackTraceLimit = 6;
const progressMs = 1_000;

if (parentPort !== null) await work(workerData as FuzzTask);

async function work({ target: name, seed, ms, isDistilled, shared }: FuzzTask): Promise<void> {
  const target = (await allTargets[name]?.()) ?? plantedTargets[name];
  if (target === undefined) throw new Error(`there is no target ${name}`);
  const head = new Int32Array(shared, 0, 3);
  const bytes = new Uint8Array(shared, sharedHead);
  let told = 0;
  const post = (message: FuzzMessage) => parentPort?.postMessage(message);
  const corpus = [...readCorpus('crashes', name), ...readCorpus('corpus', name)];
  const onInput = (input: Uint8Array) => {
    const part = input.subarray(0, bytes.length);
    bytes.set(part);
    head[1] = part.length;
    Atomics.store(head, 2, 1);
    Atomics.add(head, 0, 1);
  };
  const onReturn = () => void Atomics.store(head, 2, 0);
  const result = await fuzz(target, {
    ...{ seed, ms, corpus, onInput, onReturn },
    onProgress(tally) {
      if (performance.now() - told < progressMs) return;
      told = performance.now();
      post({ progress: { ...tally } });
    },
  });
  if (!isDistilled) post({ result });
  else
    post({ result, distilled: await distil(target, [...corpus, ...result.discovered], onInput) });
  await target.close?.();
}
