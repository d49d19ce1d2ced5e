import { type ChainClient, getBlockNumber } from '@snetkit/contracts';
import { abortable } from './abortable.ts';

/** A block number for messages that a daemon takes only while they are fresh: five blocks either way. */
export interface BlockClock {
  /**
   * A block number that was read at most two blocks ago.
   *
   * @throws BaseError `RPC_...`, `ABORTED`
   */
  get(signal?: AbortSignal): Promise<bigint>;
  /** The next `get` asks the chain. */
  forget(): void;
}

/** Seconds that a block takes on Ethereum. */
const defaultBlockSeconds = 12;

/** Reads the block number when the last one may be too old, once for all who wait for it. */
export function createBlockClock(
  chain: ChainClient,
  { blockSeconds = defaultBlockSeconds }: { readonly blockSeconds?: number | undefined } = {},
): BlockClock {
  const longestMs = 2 * blockSeconds * 1000;
  let known: { readonly block: bigint; readonly readAt: number } | undefined;
  let reading: Promise<bigint> | undefined;

  async function read(): Promise<bigint> {
    const readAt = performance.now();
    const block = await getBlockNumber(chain);
    known = { block, readAt };
    return block;
  }

  return {
    async get(signal) {
      if (known !== undefined && performance.now() - known.readAt < longestMs) return known.block;
      reading ??= read().finally(() => {
        reading = undefined;
      });
      return abortable(reading, signal);
    },
    forget() {
      known = undefined;
    },
  };
}
