import { BaseError } from '@snetkit/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { RpcRefusal } from '../rpc/rpc-refusal.ts';
import { type ScanRangesOptions, scanRanges } from './scan-ranges.ts';

const tooLarge = () => new RpcRefusal('eth_getLogs', { code: -32005, message: 'range too large' });

async function collect<T>(options: ScanRangesOptions<T>) {
  const ranges = [];
  for await (const range of scanRanges(options)) ranges.push(range);
  return ranges;
}

describe('scanRanges', () => {
  test('default: one read when the endpoint allows it', async () => {
    const ranges = await collect({
      ...{ fromBlock: 5n, toBlock: 1000n, maxRange: 10_000n },
      read: async ({ fromBlock, toBlock }) => [fromBlock, toBlock],
    });
    expect(ranges).toEqual([{ fromBlock: 5n, toBlock: 1000n, items: [5n, 1000n] }]);
  });

  test('behavior: nothing to read', async () => {
    const read = async () => [];
    expect(await collect({ fromBlock: 5n, toBlock: 4n, maxRange: 1n, read })).toEqual([]);
  });

  test('behavior: halves, and grows again after some successes', async () => {
    const sizes: bigint[] = [];
    const read = async ({ fromBlock, toBlock }: { fromBlock: bigint; toBlock: bigint }) => {
      const size = toBlock - fromBlock + 1n;
      sizes.push(size);
      if (size > 300n) throw tooLarge();
      return [];
    };
    await collect({ fromBlock: 0n, toBlock: 3999n, maxRange: 1000n, read });
    expect(sizes.slice(0, 10)).toEqual([
      ...[1000n, 500n, 250n, 250n, 250n, 250n],
      ...[500n, 250n, 250n, 250n],
    ]);
  });

  test('behavior: every block exactly once, whatever the limits are', async () => {
    const numbers = { min: 0n, max: 3000n };
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt(numbers),
        fc.bigInt(numbers),
        fc.bigInt({ min: 1n, max: 4000n }),
        fc.array(fc.bigInt({ min: 1n, max: 500n }), { minLength: 1, maxLength: 5 }),
        async (fromBlock, length, maxRange, limits) => {
          const toBlock = fromBlock + length;
          let reads = 0;
          const ranges = await collect({
            ...{ fromBlock, toBlock, maxRange },
            async read(range) {
              reads += 1;
              // The limit changes all the time, as it does with the density of events.
              const limit = limits[reads % limits.length] ?? 1n;
              if (range.toBlock - range.fromBlock + 1n > limit) throw tooLarge();
              return [range.fromBlock];
            },
          });
          let next = fromBlock;
          for (const range of ranges) {
            expect(range.fromBlock).toBe(next);
            expect(range.toBlock - range.fromBlock).toBeLessThan(maxRange);
            expect(range.items).toEqual([next]);
            next = range.toBlock + 1n;
          }
          expect(next).toBe(toBlock + 1n);
        },
      ),
    );
  });

  test('error: not even one block, or another refusal', async () => {
    const common = { fromBlock: 0n, toBlock: 99n, maxRange: 100n };
    let reads = 0;
    const never = async () => {
      reads += 1;
      throw tooLarge();
    };
    expect((await failure(collect({ ...common, read: never }))).code).toBe('RPC_REFUSED');
    expect(reads).toBe(7);
    reads = 0;
    const limited = async () => {
      reads += 1;
      throw new BaseError('RPC_RATE_LIMITED', 'slow down');
    };
    expect((await failure(collect({ ...common, read: limited }))).code).toBe('RPC_RATE_LIMITED');
    expect(reads).toBe(1);
  });

  test('error: an endpoint that answers no range in time is not asked for ever', async () => {
    let reads = 0;
    const read = async () => {
      reads += 1;
      throw new BaseError('RPC_TIMED_OUT', 'late');
    };
    const scan = collect({ fromBlock: 0n, toBlock: 10n ** 7n, maxRange: 10n ** 8n, read });
    expect((await failure(scan)).code).toBe('RPC_TIMED_OUT');
    expect(reads).toBe(3);
  });
});
