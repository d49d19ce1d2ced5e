import { beforeEach, expect, test } from 'vitest';
import type { ChainView, ChannelOnChain } from '../../chain/chain-view.ts';
import { type ChannelRecord, emptyRecord } from '../../ledger/record.ts';
import { encodeChannelRecord, encodeClaimRecord } from '../../ledger/record-codec.ts';
import { createMemoryStore } from '../../store/memory-store.ts';
import type { Store } from '../../store/store.ts';
import { describeUnclaimed } from './describe-unclaimed.ts';
import { findUnclaimed } from './find-unclaimed.ts';

const signature = new Uint8Array(65).fill(1);
let store: Store;
/** Channels as the chain has them; those that were read are told in `reads`. */
let channels: Map<bigint, ChannelOnChain>;
let reads: bigint[];

const chain: ChainView = {
  peek: () => undefined,
  async read(id) {
    reads.push(id);
    return channels.get(id);
  },
};

function onChain(channelId: bigint, expiration: bigint, nonce = 0n): ChannelOnChain {
  const address = `0x${'1'.repeat(40)}`;
  const channel = {
    ...{ channelId, nonce, expiration, block: 1n, value: 1_000n },
    ...{ sender: address, signer: address, recipient: address, groupId: `0x${'2'.repeat(64)}` },
  };
  channels.set(channelId, channel);
  return channel;
}

async function put(key: string, value: Uint8Array): Promise<void> {
  await store.commit([{ checks: [{ key, version: 0n }], writes: [{ key, value }] }]);
}

async function putRecord(channelId: bigint, change: Partial<ChannelRecord>): Promise<void> {
  const record = { ...emptyRecord(channelId, 0n), ...change };
  await put(`channel/${channelId}`, encodeChannelRecord(record));
}

beforeEach(() => {
  store = createMemoryStore('test');
  channels = new Map();
  reads = [];
});

test('default: what is owed on channels that expire soon, soonest first; others are not even looked up', async () => {
  onChain(1n, 900n);
  onChain(2n, 500n);
  const { channelId: _, block: __, ...far } = onChain(3n, 5_000n);
  onChain(4n, 400n);
  const owed = { settledAmount: 70n, settledSignature: signature };
  await putRecord(1n, owed);
  await putRecord(2n, { ...owed, open: [{ from: 10n, to: 30n }] });
  await putRecord(3n, { ...owed, chain: far });
  await putRecord(4n, {});
  expect(await findUnclaimed({ store, chain, before: 1_000n })).toEqual([
    { channelId: 2n, nonce: 0n, amount: 50n, expiration: 500n, isStarted: false },
    { channelId: 1n, nonce: 0n, amount: 70n, expiration: 900n, isStarted: false },
  ]);
  expect(reads.sort()).toEqual([1n, 2n]);
});

test('behavior: what was claimed on the chain is not told; what was started and has not landed is', async () => {
  const owed = { settledAmount: 70n, settledSignature: signature };
  onChain(1n, 900n, 1n);
  await putRecord(1n, owed);
  const claim = { amount: 60n, actual: 60n, signature, startedBlock: 1n };
  onChain(2n, 900n, 0n);
  await put('claim/2/0', encodeClaimRecord({ channelId: 2n, nonce: 0n, ...claim }));
  onChain(3n, 900n, 1n);
  await put('claim/3/0', encodeClaimRecord({ channelId: 3n, nonce: 0n, ...claim }));
  expect(await findUnclaimed({ store, chain, before: 1_000n })).toEqual([
    { channelId: 2n, nonce: 0n, amount: 60n, expiration: 900n, isStarted: true },
  ]);
});

test('behavior: in words', () => {
  const base = { nonce: 0n, isStarted: false };
  const times = { latest: 1_000n, blockMs: 12_000 };
  expect(describeUnclaimed([], times)).toBeUndefined();
  const condition = describeUnclaimed(
    [
      { ...base, channelId: 7n, amount: 5n, expiration: 990n },
      { ...base, channelId: 8n, amount: 10n ** 18n, expiration: 1_050n, isStarted: true },
      { ...base, channelId: 9n, amount: 1n, expiration: 4_000n },
    ],
    times,
  );
  expect(condition?.title).toBe(
    '1000000000000000006 cogs on 3 channels can be claimed, before they expire',
  );
  expect(condition?.items.map(({ line }) => line)).toEqual([
    'The provider can claim 5 cogs on channel 7; it has expired at block 990',
    'The provider can claim 1000000000000000000 cogs on channel 8; it expires in about 10 min (50 blocks, at block 1050) (a claim was started, and is not on the chain yet)',
    'The provider can claim 1 cogs on channel 9; it expires in about 10 h (3000 blocks, at block 4000)',
  ]);
});
