import type { Head } from './head.ts';

/**
 * How a block just read relates to the last one. `same`: nothing new. `behind`: an older block of the
 * same chain, from a node that lags. `extends`: the chain grew. `replaced`: blocks that were seen are
 * no longer part of it.
 */
export type HeadStep = 'same' | 'behind' | 'extends' | 'replaced';

/** What is known, and how to ask for more. */
export interface ConnectHeadOptions {
  readonly last: Head;
  /** Hashes of blocks seen lately, by number. */
  readonly hashes: ReadonlyMap<bigint, string>;
  /** Reads a block by its number. */
  readonly readHead: (block: bigint) => Promise<Head | undefined>;
}

/** Finds out, asking only when blocks between the two were never seen. */
export async function connectHead(head: Head, options: ConnectHeadOptions): Promise<HeadStep> {
  const { last, hashes, readHead } = options;
  if (head.hash === last.hash) return 'same';
  if (head.number <= last.number) {
    return hashes.get(head.number) === head.hash ? 'behind' : 'replaced';
  }
  if (head.number === last.number + 1n) {
    return head.parentHash === last.hash ? 'extends' : 'replaced';
  }
  const again = await readHead(last.number);
  return again?.hash === last.hash ? 'extends' : 'replaced';
}
