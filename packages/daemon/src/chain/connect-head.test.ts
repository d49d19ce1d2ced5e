import { expect, test } from 'vitest';
import { connectHead } from './connect-head.ts';
import type { Head } from './head.ts';

const block = (number: bigint, fork = 'a', parentFork = fork): Head => ({
  number,
  hash: `${fork}${number}`,
  parentHash: `${parentFork}${number - 1n}`,
});
const last = block(10n);
const hashes = new Map([9n, 10n].map((n) => [n, block(n).hash]));
const connect = (head: Head, chain: 'a' | 'b' | 'none' = 'a') => {
  const asked: bigint[] = [];
  const readHead = async (number: bigint) => {
    asked.push(number);
    return chain === 'none' ? undefined : block(number, chain);
  };
  return connectHead(head, { last, hashes, readHead }).then((step) => ({ step, asked }));
};

test('default: the next block names its parent', async () => {
  expect(await connect(block(11n))).toEqual({ step: 'extends', asked: [] });
});

test('behavior: nothing new', async () => {
  expect(await connect(block(10n))).toEqual({ step: 'same', asked: [] });
});

test('behavior: an older block of the same chain comes from a node that lags', async () => {
  expect(await connect(block(9n))).toEqual({ step: 'behind', asked: [] });
});

test('behavior: another block at the same height, below or on top', async () => {
  expect(await connect(block(10n, 'b'))).toEqual({ step: 'replaced', asked: [] });
  expect(await connect(block(9n, 'b'))).toEqual({ step: 'replaced', asked: [] });
  expect(await connect(block(11n, 'b'))).toEqual({ step: 'replaced', asked: [] });
  expect(await connect(block(11n, 'b', 'a'))).toEqual({ step: 'extends', asked: [] });
});

test('behavior: an older block that was never seen is not believed to be ours', async () => {
  expect(await connect(block(3n))).toEqual({ step: 'replaced', asked: [] });
});

test('behavior: after a gap the last block is asked for once more', async () => {
  expect(await connect(block(15n))).toEqual({ step: 'extends', asked: [10n] });
  expect(await connect(block(15n, 'b'), 'b')).toEqual({ step: 'replaced', asked: [10n] });
  expect(await connect(block(15n), 'none')).toEqual({ step: 'replaced', asked: [10n] });
});
