import fc from 'fast-check';
import { createRandomSource, type RandomSource } from '../hostile/random-source.ts';
import { startCoverage } from './coverage.ts';
import type { FuzzTarget } from './fuzz-target.ts';
import { mutate } from './mutate.ts';
import { type Finding, runInput } from './run-input.ts';
import { shrinkInput } from './shrink-input.ts';

/** How a target is searched. */
export interface FuzzOptions {
  readonly seed: number;
  /** How long; milliseconds. */
  readonly ms: number;
  /** Inputs to begin with: all of them are run first. */
  readonly corpus: readonly Uint8Array[];
  /** Told of every input right before it runs: the last word when it never comes back. */
  onInput(input: Uint8Array): void;
  /** Told when it has come back. */
  onReturn(): void;
  onProgress(tally: FuzzTally): void;
}

/** What was done so far. */
export interface FuzzTally {
  executions: number;
  /** Characters of source that were reached. */
  covered: number;
  /** Inputs that reached new code, beyond those that were given. */
  kept: number;
  /** Processor time of the slowest input, in milliseconds. */
  slowestMs: number;
  /** What is held now beyond what was held soon after the beginning; bytes. */
  grownBytes: number;
}

/** What came of a search. */
export interface FuzzResult extends FuzzTally {
  /** Inputs that reached new code. */
  readonly discovered: readonly Uint8Array[];
  readonly finding?: Finding;
}

/** Inputs between two looks at the coverage, which costs as much as some dozens of them. */
const maxBatch = 512;
/** The same while new code is reached all the time. */
const minBatch = 32;
/** More than this, held when all is over, is a leak; bytes. */
const maxGrownBytes = 64 * 1024 * 1024;
/** Caches and compiled code are not counted as growth; milliseconds. */
const warmUpMs = 20_000;

/**
 * Runs a target on changed and on newly made inputs, and keeps those that reach new code as a
 * starting point for more. The same seed takes the same way from the same corpus.
 */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzResult> {
  const { seed, ms, corpus, onInput, onReturn, onProgress } = options;
  const coverage = startCoverage(target.covers);
  const inputs = createInputs(target, corpus, createRandomSource(seed));
  const discovered: Uint8Array[] = [];
  const tally: FuzzTally = { executions: 0, covered: 0, kept: 0, slowestMs: 0, grownBytes: 0 };

  /** Time may run out in the middle of a batch. */
  let end = Number.POSITIVE_INFINITY;

  async function run(batch: readonly Uint8Array[]): Promise<Finding | undefined> {
    for (const input of batch) {
      if (performance.now() > end) return undefined;
      onInput(input);
      const { finding, ms: took } = await runInput(target, input);
      onReturn();
      tally.executions += 1;
      tally.slowestMs = Math.max(tally.slowestMs, took);
      if (finding !== undefined) return finding;
    }
    return undefined;
  }

  /** Finds out which inputs of a batch reached something, half by half: looks cost more than runs. */
  async function keepNew(batch: readonly Uint8Array[]): Promise<void> {
    coverage.look();
    await run(batch);
    const glance = coverage.look();
    if (!glance.isNew) return;
    const [input] = batch;
    if (batch.length > 1 || input === undefined) {
      const half = batch.length >> 1;
      await keepNew(batch.slice(0, half));
      await keepNew(batch.slice(half));
      return;
    }
    glance.learn();
    inputs.add(input);
    discovered.push(input);
    tally.kept += 1;
  }

  async function search(): Promise<Finding | undefined> {
    const failed = await run(corpus);
    if (failed !== undefined) return failed;
    coverage.look().learn();
    const started = performance.now();
    end = started + ms;
    const weigh = () => coverage.weighHeap() - inputs.bytes;
    let heldBefore: number | undefined;
    let batchSize = minBatch;
    while (performance.now() < end) {
      const batch = inputs.next(batchSize);
      const found = await run(batch);
      if (found !== undefined) return shrinkInput(target, found, onInput);
      const glance = coverage.look();
      if (glance.isNew) await keepNew(batch);
      // What only the whole batch reached, such as a timer between inputs, is known from now on, too.
      glance.learn();
      batchSize = glance.isNew
        ? Math.max(minBatch, batchSize >> 1)
        : Math.min(maxBatch, batchSize * 2);
      tally.covered = coverage.known;
      if (performance.now() - started > Math.min(ms / 4, warmUpMs)) heldBefore ??= weigh();
      onProgress(tally);
      await new Promise(setImmediate);
    }
    tally.grownBytes = Math.max(0, weigh() - (heldBefore ?? weigh()));
    if (tally.grownBytes <= maxGrownBytes) return undefined;
    const text = `memory grew by ${Math.round(tally.grownBytes / 2 ** 20)} MiB`;
    return { input: new Uint8Array(), text };
  }

  const finding = await search();
  coverage.stop();
  return { ...tally, discovered, ...(finding !== undefined && { finding }) };
}

interface Inputs {
  /** What all starting points weigh. */
  readonly bytes: number;
  next(count: number): Uint8Array[];
  add(input: Uint8Array): void;
}

function createInputs(
  target: FuzzTarget,
  corpus: readonly Uint8Array[],
  random: RandomSource,
): Inputs {
  const words = target.words.map((word) => Buffer.from(word as string));
  const pool = [...corpus];
  let bytes = 0;
  let made: Uint8Array[] = [];

  function make(): Uint8Array {
    if (made.length === 0) {
      made = fc.sample(target.inputs, { seed: random.below(2 ** 31), numRuns: 10 });
    }
    return (made.pop() ?? new Uint8Array()).subarray(0, target.maxBytes);
  }

  function change(): Uint8Array {
    // What was found last has been tried least.
    const from = random.below(3) === 0 ? Math.floor(pool.length * 0.75) : 0;
    const input = pool[from + random.below(pool.length - from)] ?? new Uint8Array();
    const other = random.pick(pool);
    return mutate(input, { random, words, other, maxBytes: target.maxBytes });
  }

  return {
    get bytes() {
      return bytes;
    },
    next: (count) =>
      Array.from({ length: count }, () =>
        pool.length === 0 || random.below(8) === 0 ? make() : change(),
      ),
    add(input) {
      pool.push(input);
      bytes += input.length;
    },
  };
}
