/** Remembers tokens whose signature was found to be the group's own, so that it is recovered once. */
export interface TokenMemory {
  has(key: string): boolean;
  add(key: string): void;
}

/**
 * Remembers the tokens that were used last. Only good tokens get in, so that nobody who lacks one can
 * push out those of others.
 *
 * @param options.max - tokens kept; 10,000 unless given
 */
export function createTokenMemory({ max = 10_000 }: { max?: number } = {}): TokenMemory {
  // In the order of use: a set keeps the order in which its entries were added.
  const keys = new Set<string>();
  return {
    has(key) {
      if (!keys.delete(key)) return false;
      keys.add(key);
      return true;
    },
    add(key) {
      keys.delete(key);
      keys.add(key);
      const [oldest] = keys;
      if (keys.size > max && oldest !== undefined) keys.delete(oldest);
    },
  };
}
