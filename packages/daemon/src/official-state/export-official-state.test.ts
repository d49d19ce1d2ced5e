import { bytesToHex } from '@snetkit/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { vectorGroup } from '../../test/import/official-vectors.ts';
import { freeCallKey, prepaidKey } from '../accounts/counter-key.ts';
import { listChannels, listClaims } from '../accounts/list-records.ts';
import { channelKey, claimKey } from '../accounts/read-record.ts';
import { decodeCounter, encodeCounter } from '../ledger/counter-codec.ts';
import { type ChannelRecord, emptyRecord } from '../ledger/record.ts';
import { encodeChannelRecord, encodeClaimRecord } from '../ledger/record-codec.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';
import { type ExportOfficialOptions, exportOfficialState } from './export-official-state.ts';
import { importOfficialState } from './import-official-state.ts';
import { createMemoryOfficialStore, type MemoryOfficialStore } from './memory-official-store.ts';
import { officialKeys } from './official-keys.ts';
import { freeCallUserData, payment, paymentChannelData, prePaidData } from './official-structs.ts';

const keys = officialKeys(vectorGroup);
const wallet = '0x101A018fE784bF01d538b5d4dfA311d047DBA491';
const signature = new Uint8Array(65).fill(3);
const chain = {
  nonce: 3n,
  sender: wallet,
  signer: wallet,
  recipient: wallet,
  groupId: bytesToHex(vectorGroup.groupId),
  value: 1_000n,
  expiration: 99n,
};

async function putChannel(store: Store, parts: Partial<ChannelRecord>): Promise<void> {
  const record = { ...emptyRecord(7n, 3n), settledSignature: signature, chain, ...parts };
  await put(store, channelKey(record.channelId), encodeChannelRecord(record));
}

async function put(store: Store, key: string, value: Uint8Array): Promise<void> {
  await store.commit([{ checks: [], writes: [{ key, value }] }]);
}

function runExport(
  source: Store,
  target: MemoryOfficialStore,
  options: Partial<ExportOfficialOptions> = {},
) {
  return exportOfficialState({
    source,
    target,
    group: vectorGroup,
    observeMs: 0,
    isDryRun: false,
    acceptsLoss: false,
    readChannel: async () => undefined,
    ...options,
  });
}

async function collect<T>(things: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of things) all.push(one);
  return all;
}

const valueAt = (store: MemoryOfficialStore, key: string) =>
  store.entries.get(key)?.value ?? new Uint8Array();

test('default: records of ours become what the official daemon reads', async () => {
  const source = createMemoryStore('test');
  await putChannel(source, { nonce: 4n, settledAmount: 50n });
  const claim = {
    channelId: 7n,
    nonce: 3n,
    amount: 300n,
    actual: 300n,
    signature,
    startedBlock: 1n,
  };
  await put(source, claimKey(7n, 3n), encodeClaimRecord(claim));
  await put(source, prepaidKey(7n), encodeCounter({ planned: 90n, used: 20n, marks: [] }));
  const user = freeCallKey({ serviceId: 'a/b', address: wallet, userId: 'u@x' });
  await put(source, user, encodeCounter({ planned: 0n, used: 6n, marks: [] }));
  const target = createMemoryOfficialStore();
  expect(await runExport(source, target)).toEqual({
    channels: 1,
    claims: 1,
    prepaid: 1,
    freeCallUsers: 1,
    written: 6,
    kept: 0,
    loss: { open: 0n, credit: 0n, unserved: 0n, retries: 0 },
    losing: [],
    conflicts: [],
    heldLocks: [],
  });
  expect(paymentChannelData.decode(valueAt(target, keys.channel(7n)), '')).toEqual({
    ChannelID: 7n,
    Nonce: 4n,
    State: 0n,
    Sender: wallet,
    Signer: wallet,
    Recipient: wallet,
    GroupID: chain.groupId,
    // What the claim takes is off it already.
    FullAmount: 700n,
    Expiration: 99n,
    AuthorizedAmount: 50n,
    Signature: signature,
  });
  expect(payment.decode(valueAt(target, keys.claim(7n, 3n)), '')).toEqual({
    MpeContractAddress: `0x${'0'.repeat(40)}`,
    ChannelID: 7n,
    ChannelNonce: 3n,
    Amount: 300n,
    Signature: signature,
  });
  const prepaid = (part: 'P' | 'U' | 'R') =>
    prePaidData.decode(valueAt(target, keys.prepaid(7n, part)), '').Amount;
  expect([prepaid('P'), prepaid('U'), prepaid('R')]).toEqual([90n, 20n, 0n]);
  const caller = { address: wallet, userId: 'u@x', serviceId: 'a/b' };
  expect(freeCallUserData.decode(valueAt(target, keys.freeCall(caller)), '')).toMatchObject({
    Address: wallet,
    UserID: 'u@x',
    FreeCallsMade: 6n,
    OrganizationId: 'YOUR_ORG_ID',
    ServiceId: 'a/b',
    GroupID: '99ybRIg2wAx55mqVsA6sB4S7WxPQHNKqa4BPu/bhj+U=',
  });
});

test('behavior: entries count as charged, and their retries are told', async () => {
  const source = createMemoryStore('test');
  const entry = { nonce: 3n, price: 5n, signature, owner: '', call: 1n, committedAt: 0 };
  await putChannel(source, {
    settledAmount: 10n,
    entries: [{ ...entry, amount: 15n, signature: new Uint8Array(65).fill(9) }],
  });
  const target = createMemoryOfficialStore();
  const { loss } = await runExport(source, target);
  expect(loss).toEqual({ open: 0n, credit: 0n, unserved: 0n, retries: 1 });
  expect(paymentChannelData.decode(valueAt(target, keys.channel(7n)), '')).toMatchObject({
    AuthorizedAmount: 15n,
    Signature: new Uint8Array(65).fill(9),
  });
});

test('behavior: there and back again changes nothing', async () => {
  const amount = fc.bigInt({ min: 0n, max: 2n ** 90n });
  const channels = fc.uniqueArray(
    fc.record({
      channelId: fc.bigInt({ min: 0n, max: 2n ** 70n }),
      nonce: fc.bigInt({ min: 0n, max: 9n }),
      amount,
      claimed: amount,
      used: amount,
      more: amount,
    }),
    { selector: (one) => one.channelId, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(channels, async (list) => {
      const first = createMemoryStore('test');
      for (const { channelId, nonce, amount: settledAmount, claimed, used, more } of list) {
        const settledSignature = settledAmount === 0n ? new Uint8Array() : signature;
        const isClaimed = nonce > 0n && claimed > 0n;
        const snapshot = { ...chain, nonce: isClaimed ? nonce - 1n : nonce, value: claimed + more };
        await putChannel(first, {
          channelId,
          nonce,
          settledAmount,
          settledSignature,
          chain: snapshot,
        });
        if (isClaimed) {
          const terms = { channelId, nonce: nonce - 1n, amount: claimed, actual: claimed };
          const claim = encodeClaimRecord({ ...terms, signature, startedBlock: 0n });
          await put(first, claimKey(channelId, nonce - 1n), claim);
        }
        if (used > 0n) {
          await put(
            first,
            prepaidKey(channelId),
            encodeCounter({ planned: used + more, used, marks: [] }),
          );
        }
      }
      const official = createMemoryOfficialStore();
      await runExport(first, official);
      const second = createMemoryStore('test');
      await importOfficialState({
        source: official,
        target: second,
        group: vectorGroup,
        observeMs: 0,
        isDryRun: false,
        skipsDamaged: false,
        readNonce: async () => undefined,
        isSignedBy: () => true,
      });
      expect(await collect(listChannels(second))).toEqual(await collect(listChannels(first)));
      expect(await collect(listClaims(second))).toEqual(await collect(listClaims(first)));
      const before = await collect(first.list('prepaid/'));
      for (const { key, value } of before) {
        const after = await second.get(key);
        expect(decodeCounter(after?.value ?? new Uint8Array(), '')).toEqual(
          decodeCounter(value, ''),
        );
      }
      // Once more: nothing is left to write.
      expect(await runExport(first, official)).toMatchObject({ written: 0, conflicts: [] });
    }),
    { numRuns: 50 },
  );
});

test('behavior: nothing that is there is lowered', async () => {
  const source = createMemoryStore('test');
  await putChannel(source, { settledAmount: 50n });
  await putChannel(source, { channelId: 8n, nonce: 2n, settledAmount: 50n });
  await put(source, prepaidKey(7n), encodeCounter({ planned: 90n, used: 20n, marks: [] }));
  const user = freeCallKey({ serviceId: 's', address: wallet, userId: '' });
  await put(source, user, encodeCounter({ planned: 0n, used: 6n, marks: [] }));
  const target = createMemoryOfficialStore();
  const there = { ...paymentChannelData.zero, GroupID: chain.groupId, Signature: signature };
  const set = (parts: object) => paymentChannelData.encode({ ...there, ...parts });
  target.set(keys.channel(7n), set({ ChannelID: 7n, Nonce: 3n, AuthorizedAmount: 51n }));
  target.set(keys.channel(8n), set({ ChannelID: 8n, Nonce: 3n }));
  target.set(keys.prepaid(7n, 'P'), prePaidData.encode({ Amount: 91n }));
  const caller = { address: wallet, userId: '', serviceId: 's' };
  const made = { Address: wallet, FreeCallsMade: 7n, ServiceId: 's' };
  target.set(keys.freeCall(caller), freeCallUserData.encode({ ...freeCallUserData.zero, ...made }));
  const before = new Map(target.entries);
  const report = await runExport(source, target);
  expect(report.conflicts).toEqual([
    { key: 'channel/7', reason: '51 cogs of nonce 3 there, 50 of nonce 3 here' },
    { key: 'channel/8', reason: '0 cogs of nonce 3 there, 50 of nonce 2 here' },
    { key: 'prepaid/7', reason: 'planned 91, used 0 there; 90, 20 here' },
    { key: user, reason: '7 calls there, 6 here' },
  ]);
  expect(target.entries).toEqual(before);
});

test('behavior: what was refunded there stays refunded', async () => {
  const source = createMemoryStore('test');
  await put(source, prepaidKey(7n), encodeCounter({ planned: 90n, used: 20n, marks: [] }));
  const target = createMemoryOfficialStore();
  target.set(keys.prepaid(7n, 'U'), prePaidData.encode({ Amount: 15n }));
  target.set(keys.prepaid(7n, 'R'), prePaidData.encode({ Amount: 5n }));
  await runExport(source, target);
  const prepaid = (part: 'P' | 'U' | 'R') =>
    prePaidData.decode(valueAt(target, keys.prepaid(7n, part)), '').Amount;
  expect([prepaid('P'), prepaid('U'), prepaid('R')]).toEqual([90n, 25n, 5n]);
});

test('behavior: a record without a snapshot is described by the chain', async () => {
  const source = createMemoryStore('test');
  await putChannel(source, { chain: undefined });
  const target = createMemoryOfficialStore();
  await expect(runExport(source, target)).rejects.toThrow(
    'A channel is neither described here nor on the chain.\nPlace: channel/7\nFix: Check that the node of ethereum_json_rpc_http_endpoint is on the right chain.',
  );
  await runExport(source, target, { readChannel: async () => chain });
  expect(target.entries.size).toBe(1);
});

test('error: money that the official layout has no place for', async () => {
  const source = createMemoryStore('test');
  await putChannel(source, { settledAmount: 50n, open: [{ from: 1n, to: 4n }], credit: 2n });
  await putChannel(source, { channelId: 8n, nonce: 4n });
  const claim = { channelId: 8n, nonce: 3n, amount: 9n, actual: 5n, signature, startedBlock: 1n };
  await put(source, claimKey(8n, 3n), encodeClaimRecord(claim));
  const target = createMemoryOfficialStore();
  await expect(runExport(source, target)).rejects.toThrow(
    'Clients would lose money: the official layout has no place for it.\nPlace: channels 7, 8\nFound: 3 cogs in open intervals, 2 cogs of credit, 4 cogs of claims beyond what was served',
  );
  expect(target.entries.size).toBe(0);
  expect(await runExport(source, target, { isDryRun: true })).toMatchObject({ losing: [7n, 8n] });
  expect(target.entries.size).toBe(0);
  expect(await runExport(source, target, { acceptsLoss: true })).toMatchObject({ written: 3 });
});

test('error: an official daemon that serves', async () => {
  const source = createMemoryStore('test');
  const target = createMemoryOfficialStore();
  target.set(keys.channelLock(7n), 'locked');
  await expect(runExport(source, target)).rejects.toThrow(
    'An official daemon may serve this group: locks are held.',
  );
  const { heldLocks } = await runExport(source, target, { locksAreStale: true });
  expect(heldLocks).toEqual(['Channel {ID: 7}']);
});

test('error: an official daemon that starts meanwhile', async () => {
  const source = createMemoryStore('test');
  await putChannel(source, { settledAmount: 50n });
  const target = createMemoryOfficialStore();
  let looks = 0;
  const busy: MemoryOfficialStore = {
    ...target,
    list(prefix) {
      looks += 1;
      if (looks === 2) target.set(keys.channel(7n), new Uint8Array(1));
      return target.list(prefix);
    },
  };
  await expect(runExport(source, busy)).rejects.toThrow(
    `Somebody else wrote to the store meanwhile.\nPlace: ${keys.channel(7n)}\nFix: Stop every daemon of the group, and run the command again: it goes on where it stopped.`,
  );
});
