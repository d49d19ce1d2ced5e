/** One bucket for each of any number of keys; all fill up equally fast. */
export interface TokenBuckets {
  /** Milliseconds until the key may take one; 0 for now, `Infinity` for never. Takes nothing. */
  check(key: string): number;
  /** Takes one when there is one; returns what {@link check} does. */
  take(key: string): number;
  /**
   * Makes these buckets one of so many equal parts of the whole: a part of its rate and of its burst, but
   * never of less than one call. What a bucket holds stays, as far as there is room for it.
   */
  setParts(parts: number): void;
  /** Keys that are remembered now. */
  readonly size: number;
}

/** What makes {@link createTokenBuckets}. */
export interface TokenBucketsOptions {
  /** How much is added to each bucket in a minute; more than 0. */
  readonly perMinute: number;
  /** How much a bucket holds; a new one is full. 0 lets nothing through, ever. */
  readonly burst: number;
  /** Milliseconds of a clock that never steps. */
  now(): number;
  /** Half of the keys that are remembered at most. */
  readonly maxKeys?: number;
}

/**
 * Token buckets in bounded memory, at a constant cost for each call and without a timer.
 *
 * All buckets fill up at the same rate, so that one number is enough for each: the *level* that the
 * common tide must reach until the bucket is full again. A key without a level is full.
 *
 * Keys lie in two generations. What is used moves into the young one; when that has its number, the old
 * one is forgotten and the young one becomes old. A key that is forgotten before its bucket was full
 * again gets a fresh one: it takes `maxKeys` others since its last use to bring that about.
 */
export function createTokenBuckets(options: TokenBucketsOptions): TokenBuckets {
  const { perMinute, burst, now, maxKeys = 32_768 } = options;
  let rate = perMinute / 60_000;
  let capacity = burst;
  let tide = 0;
  let tideAt = now();
  /** No level counts for less: what room that was gained must be filled up first. */
  let floor = 0;
  let young = new Map<string, number>();
  let old = new Map<string, number>();
  let youngTop = 0;
  /** Once the tide is here, every old bucket is full and tells nothing. */
  let oldTop = 0;

  function advance(): void {
    const time = now();
    tide += (time - tideAt) * rate;
    tideAt = time;
    const isWorthwhile = young.size >= fewKeys || old.size >= fewKeys;
    if (young.size >= maxKeys || (isWorthwhile && tide >= oldTop)) turn();
  }

  function turn(): void {
    [old, oldTop] = [young, youngTop];
    [young, youngTop] = [new Map(), 0];
  }

  function put(key: string, level: number): void {
    old.delete(key);
    young.set(key, level);
    youngTop = Math.max(youngTop, level);
  }

  function find(key: string): number | undefined {
    return young.get(key) ?? old.get(key);
  }

  function weigh(known: number | undefined): { level: number; waitMs: number } {
    const level = Math.max(known ?? 0, floor, tide);
    const missing = level + 1 - tide - capacity;
    if (missing <= slack) return { level, waitMs: 0 };
    return { level, waitMs: burst < 1 ? Number.POSITIVE_INFINITY : missing / rate };
  }

  return {
    check(key) {
      advance();
      return weigh(find(key)).waitMs;
    },
    take(key) {
      advance();
      const known = find(key);
      const { level, waitMs } = weigh(known);
      if (waitMs === 0) put(key, level + 1);
      // Who keeps asking is not forgotten.
      else if (known !== undefined) put(key, known);
      return waitMs;
    },
    setParts(parts) {
      advance();
      const next = parts === 1 || burst < 1 ? burst : Math.max(1, burst / parts);
      rate = perMinute / 60_000 / parts;
      floor = Math.max(floor, tide);
      tide += capacity - next;
      capacity = next;
    },
    get size() {
      return young.size + old.size;
    },
  };
}

/** So few keys are not worth the turn of a generation. */
const fewKeys = 64;
/** Calls; what sums of fractions may be off. */
const slack = 1e-6;
