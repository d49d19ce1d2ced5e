import { expect, test } from 'vitest';
import {
  openTestAccounts,
  readStoredRecord,
  testChannel,
} from '../../test/accounts/open-account.ts';
import { emptyRecord } from '../ledger/record.ts';
import { encodeChannelRecord, encodeClaimRecord } from '../ledger/record-codec.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { createClaimRemoval } from './remove-landed-claims.ts';

/** Block in which the claim lands. */
const landed = 100n;

test('behavior: what a claim took too much counts as soon as twelve blocks lie on it, whoever looks', async () => {
  const store = createMemoryStore('test');
  const signature = new Uint8Array(65);
  const claim = { channelId: 7n, nonce: 0n, amount: 10n, actual: 7n, signature, startedBlock: 90n };
  await store.commit([
    {
      checks: [],
      writes: [
        { key: 'channel/7', value: encodeChannelRecord(emptyRecord(7n, 1n)) },
        { key: 'claim/7/0', value: encodeClaimRecord(claim) },
      ],
    },
  ]);
  const nonceAt = (block: bigint) => (block >= landed ? 1n : 0n);
  /** A process that has just begun looks once. */
  const look = async (latest: bigint) => {
    const channel = { ...testChannel, nonce: nonceAt(latest) };
    const chain = { peek: () => undefined, read: async () => channel };
    const removal = createClaimRemoval({
      ...{ store, chain, accounts: await openTestAccounts({ store, chain }) },
      latestBlock: () => latest,
      readNonceAt: async (_, block) => nonceAt(block),
      findClaimedAmount: async () => 10n,
    });
    await removal.removeAll();
    return {
      isLeft: (await store.get('claim/7/0')) !== undefined,
      record: await readStoredRecord(store),
    };
  };
  for (const latest of [5n, landed - 1n, landed, landed + 11n, landed + 11n]) {
    expect(await look(latest)).toMatchObject({ isLeft: true, record: { credit: 0n } });
  }
  expect(await look(landed + 12n)).toMatchObject({ isLeft: false, record: { credit: 3n } });
});
