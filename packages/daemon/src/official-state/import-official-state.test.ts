import { bytesToHex } from '@snetkit/core';
import { expect, test } from 'vitest';
import { goValue, keyVectors, vectorGroup } from '../../test/import/official-vectors.ts';
import { freeCallKey, prepaidKey } from '../accounts/counter-key.ts';
import { channelKey, claimKey } from '../accounts/read-record.ts';
import { readEpoch } from '../group/epoch.ts';
import { decodeCounter, encodeCounter } from '../ledger/counter-codec.ts';
import { type ChannelRecord, emptyRecord } from '../ledger/record.ts';
import {
  decodeChannelRecord,
  decodeClaimRecord,
  encodeChannelRecord,
} from '../ledger/record-codec.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';
import { type ImportOptions, importOfficialState } from './import-official-state.ts';
import { createMemoryOfficialStore, type MemoryOfficialStore } from './memory-official-store.ts';
import { officialKeys } from './official-keys.ts';
import {
  freeCallUserData,
  type OfficialChannel,
  payment,
  paymentChannelData,
  prePaidData,
} from './official-structs.ts';

const keys = officialKeys(vectorGroup);
const groupId = bytesToHex(vectorGroup.groupId);
const wallet = '0x101A018fE784bF01d538b5d4dfA311d047DBA491';
const serviceId = 'YOUR_SERVICE_ID';
const signature = new Uint8Array(65).fill(7);

function officialChannel(parts: Partial<OfficialChannel>): Uint8Array {
  const { zero, encode } = paymentChannelData;
  return encode({ ...zero, GroupID: groupId, FullAmount: 1_000n, Expiration: 99n, ...parts });
}

function officialClaim(ChannelID: bigint, ChannelNonce: bigint, Amount: bigint): Uint8Array {
  return payment.encode({ ...payment.zero, ChannelID, ChannelNonce, Amount, Signature: signature });
}

function freeUser(address: string, made: bigint, userId = ''): [string, Uint8Array] {
  const user = { Address: address, UserID: userId, FreeCallsMade: made, ServiceId: serviceId };
  return [
    keys.freeCall({ address, userId, serviceId }),
    freeCallUserData.encode({ ...freeCallUserData.zero, ...user }),
  ];
}

function runImport(
  source: MemoryOfficialStore,
  target: Store,
  options: Partial<ImportOptions> = {},
) {
  return importOfficialState({
    source,
    target,
    group: vectorGroup,
    observeMs: 0,
    isDryRun: false,
    skipsDamaged: false,
    readNonce: async () => undefined,
    isSignedBy: () => true,
    ...options,
  });
}

async function readChannel(store: Store, channelId: bigint): Promise<ChannelRecord | undefined> {
  const stored = await store.get(channelKey(channelId));
  return stored && decodeChannelRecord(stored.value, 'channel');
}

async function put(store: Store, key: string, value: Uint8Array): Promise<void> {
  await store.commit([{ checks: [], writes: [{ key, value }] }]);
}

/** Every key of a store with its value and version. */
async function dump(store: Store): Promise<[string, string, bigint][]> {
  const found: [string, string, bigint][] = [];
  for await (const { key, value, version } of store.list('')) {
    found.push([key, bytesToHex(value), version]);
  }
  return found;
}

test('default: what Go wrote becomes records of ours', async () => {
  const source = createMemoryOfficialStore();
  source.set(keyVectors['channel_42'] ?? '', goValue('channel_with_payment_other_type_ids'));
  source.set(keyVectors['prepaidPlanned_11'] ?? '', goValue('prepaid_11'));
  source.set(keyVectors['freeCallUser'] ?? '', goValue('free_call_user_9'));
  source.set(keyVectors['channelLock_42'] ?? '', 'unlocked');
  source.set(keyVectors['model'] ?? '', goValue('model'));
  const target = createMemoryStore('test');
  const { report } = await runImport(source, target);
  expect(await readChannel(target, 42n)).toEqual({
    channelId: 42n,
    nonce: 3n,
    settledAmount: 12_300n,
    settledSignature: Uint8Array.from({ length: 65 }, (_, i) => i + 1),
    open: [],
    entries: [],
    credit: 0n,
    chain: {
      nonce: 3n,
      sender: '0x94d04332C4f5273feF69c4a52D24f42a3aF1F207',
      signer: '0x3432cBa6BF635Df5fBFD1f1a794fA66D412b8774',
      recipient: '0x671276c61943A35D5F230d076bDFd91B0c47bF09',
      groupId: `0x7b${'0'.repeat(62)}`,
      value: 12_345n,
      expiration: 100n,
    },
  });
  const prepaid = await target.get(prepaidKey(11n));
  expect(decodeCounter(prepaid?.value ?? new Uint8Array(), '')).toEqual({
    planned: 11n,
    used: 0n,
    marks: [],
  });
  expect(report).toMatchObject({
    channels: { found: 1, written: 1, kept: 0, unclaimed: 1, unclaimedCogs: 12_300n },
    prepaid: { found: 1, written: 1, plannedCogs: 11n, usedCogs: 0n },
    heldLocks: [],
    models: 1,
    freeCalls: { found: 1, written: 1, calls: 9n },
    damaged: [],
    doubtful: [
      {
        key: 'channel/42',
        reason: 'the channel is of group ewAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
      },
    ],
  });
});

test('behavior: a claim in progress and its channel come together', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.channel(7n), officialChannel({ ChannelID: 7n, Nonce: 4n, FullAmount: 700n }));
  source.set(keys.claim(7n, 3n), officialClaim(7n, 3n, 300n));
  const target = createMemoryStore('test');
  const readNonce = async () => ({ nonce: 3n, block: 55n });
  const { report } = await runImport(source, target, { readNonce });
  const claim = await target.get(claimKey(7n, 3n));
  expect(decodeClaimRecord(claim?.value ?? new Uint8Array(), '')).toEqual({
    channelId: 7n,
    nonce: 3n,
    amount: 300n,
    actual: 300n,
    signature,
    startedBlock: 55n,
  });
  // The full amount stands as the chain has it until the claim lands.
  expect(await readChannel(target, 7n)).toMatchObject({
    nonce: 4n,
    settledAmount: 0n,
    chain: { nonce: 3n, value: 1_000n },
  });
  expect((await target.get(channelKey(7n)))?.version).toBe(claim?.version);
  expect(report.claims).toEqual({ found: 1, written: 1, kept: 0, landed: 0, cogs: 300n });
});

test('behavior: a claim that the chain has comes once, to be removed when its blocks are old', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.channel(7n), officialChannel({ ChannelID: 7n, Nonce: 4n }));
  source.set(keys.claim(7n, 3n), officialClaim(7n, 3n, 300n));
  const target = createMemoryStore('test');
  const readNonce = async () => ({ nonce: 4n, block: 55n });
  const first = await runImport(source, target, { readNonce });
  expect(first.report.claims).toEqual({ found: 1, written: 1, kept: 0, landed: 1, cogs: 0n });
  expect(await readChannel(target, 7n)).toMatchObject({
    nonce: 4n,
    chain: { nonce: 4n, value: 1_000n },
  });
  await target.commit([{ checks: [], writes: [{ key: claimKey(7n, 3n), value: undefined }] }]);
  const second = await runImport(source, target, { readNonce });
  expect(second.report.claims).toEqual({ found: 1, written: 0, kept: 0, landed: 1, cogs: 0n });
  expect(await target.get(claimKey(7n, 3n))).toBeUndefined();
});

test('behavior: a claim without its channel is not lost', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.claim(7n, 3n), officialClaim(7n, 3n, 300n));
  const target = createMemoryStore('test');
  await runImport(source, target);
  expect(await target.get(claimKey(7n, 3n))).toBeDefined();
  expect(await readChannel(target, 7n)).toEqual(emptyRecord(7n, 4n));
});

test('behavior: the same import twice writes once, and one epoch', async () => {
  const source = createMemoryOfficialStore();
  source.set(
    keys.channel(7n),
    officialChannel({ ChannelID: 7n, AuthorizedAmount: 5n, Signature: signature }),
  );
  source.set(keys.channel(8n), officialChannel({ ChannelID: 8n, Nonce: 1n }));
  source.set(keys.claim(8n, 0n), officialClaim(8n, 0n, 9n));
  source.set(keys.prepaid(8n, 'P'), prePaidData.encode({ Amount: 90n }));
  source.set(keys.prepaid(8n, 'U'), prePaidData.encode({ Amount: 30n }));
  source.set(keys.prepaid(8n, 'R'), prePaidData.encode({ Amount: 10n }));
  source.set(...freeUser(wallet, 3n));
  const target = createMemoryStore('test');
  await runImport(source, target);
  const once = await dump(target);
  expect(once.map(([key]) => key)).toEqual([
    'channel/7',
    'channel/8',
    'claim/8/0',
    'epoch',
    freeCallKey({ serviceId, address: wallet, userId: '' }),
    'prepaid/8',
  ]);
  const { epoch } = await readEpoch(target);
  expect(epoch).toMatchObject({ number: 1n, reason: 'import of official state' });
  const { report } = await runImport(source, target);
  expect(await dump(target)).toEqual(once);
  const counts = [report.channels, report.claims, report.prepaid, report.freeCalls];
  expect(counts.map(({ written, kept }) => [written, kept])).toEqual([
    [0, 2],
    [0, 1],
    [0, 1],
    [0, 1],
  ]);
});

test('behavior: used is what was used and not refunded', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.prepaid(8n, 'P'), prePaidData.encode({ Amount: 2n ** 70n }));
  source.set(keys.prepaid(8n, 'U'), prePaidData.encode({ Amount: 30n }));
  source.set(keys.prepaid(8n, 'R'), prePaidData.encode({ Amount: 10n }));
  const target = createMemoryStore('test');
  await runImport(source, target);
  const stored = await target.get(prepaidKey(8n));
  expect(decodeCounter(stored?.value ?? new Uint8Array(), '')).toEqual({
    planned: 2n ** 70n,
    used: 20n,
    marks: [],
  });
});

test('behavior: one wallet in four spellings has made the calls of all four', async () => {
  const source = createMemoryOfficialStore();
  source.set(...freeUser(wallet, 3n));
  source.set(...freeUser(wallet.toLowerCase(), 2n));
  source.set(...freeUser(wallet.slice(2), 1n));
  source.set(...freeUser(wallet.toUpperCase().replace('X', 'x'), 4n));
  source.set(...freeUser(wallet, 5n, 'user@x'));
  const target = createMemoryStore('test');
  const { report } = await runImport(source, target);
  const used = async (userId: string) => {
    const stored = await target.get(freeCallKey({ serviceId, address: wallet, userId }));
    return decodeCounter(stored?.value ?? new Uint8Array(), '').used;
  };
  expect([await used(''), await used('user@x')]).toEqual([10n, 5n]);
  expect(report.freeCalls).toEqual({ found: 5, written: 2, kept: 0, merged: 3, calls: 15n });
});

const own = (parts: Partial<ChannelRecord>): ChannelRecord => ({
  ...emptyRecord(7n, 3n),
  settledSignature: signature,
  credit: 2n,
  open: [{ from: 1n, to: 2n }],
  ...parts,
});

test.each<[string, Partial<ChannelRecord>, Partial<OfficialChannel>, Partial<ChannelRecord>]>([
  [
    'more was signed there: raised',
    { settledAmount: 10n },
    { Nonce: 3n, AuthorizedAmount: 12n },
    { settledAmount: 12n },
  ],
  [
    'more was signed here: kept',
    { settledAmount: 10n },
    { Nonce: 3n, AuthorizedAmount: 9n },
    { settledAmount: 10n },
  ],
  [
    'a later nonce here: kept',
    { settledAmount: 10n },
    { Nonce: 2n, AuthorizedAmount: 99n },
    { settledAmount: 10n },
  ],
  [
    'a later nonce there, nothing here: moved on',
    { settledAmount: 0n, open: [] },
    { Nonce: 5n, AuthorizedAmount: 4n },
    { nonce: 5n, settledAmount: 4n, open: [] },
  ],
])('behavior: both have the channel, %s', async (_, record, official, expected) => {
  const source = createMemoryOfficialStore();
  source.set(
    keys.channel(7n),
    officialChannel({ ChannelID: 7n, Signature: signature, ...official }),
  );
  const target = createMemoryStore('test');
  await put(target, channelKey(7n), encodeChannelRecord(own(record)));
  const { report } = await runImport(source, target);
  const { chain: _chain, ...found } = (await readChannel(target, 7n)) ?? own({});
  const { chain: _own, ...wanted } = own({ ...record, ...expected });
  expect(found).toEqual(wanted);
  expect(report.conflicts).toEqual([]);
});

test('behavior: what is signed here and claimed nowhere is a conflict, and stays', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.channel(7n), officialChannel({ ChannelID: 7n, Nonce: 4n }));
  source.set(keys.claim(7n, 3n), officialClaim(7n, 3n, 9n));
  const target = createMemoryStore('test');
  const value = encodeChannelRecord(own({ settledAmount: 10n }));
  await put(target, channelKey(7n), value);
  const before = await dump(target);
  const { report } = await runImport(source, target);
  expect(report.conflicts).toEqual([
    {
      key: 'channel/7',
      reason:
        'the store holds 10 cogs of nonce 3 that no claim covers, the official daemon is at nonce 4',
    },
  ]);
  expect(await dump(target)).toEqual(before);
  // The claim covers it, or the chain is beyond it.
  source.set(keys.claim(7n, 3n), officialClaim(7n, 3n, 10n));
  expect((await runImport(source, target)).report.conflicts).toEqual([]);
  expect(await readChannel(target, 7n)).toMatchObject({ nonce: 4n, settledAmount: 0n });
});

test('behavior: counters grow, none comes down', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.prepaid(8n, 'P'), prePaidData.encode({ Amount: 90n }));
  source.set(keys.prepaid(8n, 'U'), prePaidData.encode({ Amount: 30n }));
  const target = createMemoryStore('test');
  await put(target, prepaidKey(8n), encodeCounter({ planned: 80n, used: 40n, marks: [] }));
  await runImport(source, target);
  const stored = await target.get(prepaidKey(8n));
  expect(decodeCounter(stored?.value ?? new Uint8Array(), '')).toEqual({
    planned: 90n,
    used: 40n,
    marks: [],
  });
});

test('behavior: a payment that nobody can claim is taken over and told', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.channel(7n), officialChannel({ ChannelID: 7n, AuthorizedAmount: 5n }));
  const target = createMemoryStore('test');
  const { report } = await runImport(source, target, { isSignedBy: () => false });
  expect(report.doubtful).toEqual([
    {
      key: 'channel/7',
      reason: "5 cogs of nonce 0 are not signed by the channel's signer or sender",
    },
  ]);
  expect(await readChannel(target, 7n)).toMatchObject({ settledAmount: 5n });
});

test('behavior: a dry run writes nothing, and tells of everything', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.channel(7n), officialChannel({ ChannelID: 7n, AuthorizedAmount: 5n }));
  source.set(keys.channelLock(7n), 'locked');
  source.set(keys.channel(8n), 'nonsense');
  const target = createMemoryStore('test');
  const { report } = await runImport(source, target, { isDryRun: true });
  expect(await dump(target)).toEqual([]);
  expect(report).toMatchObject({
    channels: { found: 1, written: 1, unclaimedCogs: 5n },
    heldLocks: ['Channel {ID: 7}'],
    damaged: [{ key: keys.channel(8n) }],
  });
});

test('error: a value that cannot be read stops the import, unless it is to be skipped', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.channel(7n), officialChannel({ ChannelID: 8n }));
  source.set(keys.claim(9n, 0n), officialClaim(9n, 0n, -1n));
  source.set(keys.prepaid(9n, 'U'), 'nonsense');
  source.set(keys.channel(1n), officialChannel({ ChannelID: 1n }));
  const target = createMemoryStore('test');
  await expect(runImport(source, target)).rejects.toThrow(
    `Values of the official store cannot be read.\nPlace: ${keys.prepaid(9n, 'U')}\nFound: A gob value cannot be read. 110 elements or bytes announced, 7 bytes left (byte 1 of the value) (and 2 more)\nFix: See all of them with --dry-run; import the others with --skip-damaged.`,
  );
  expect(await dump(target)).toEqual([]);
  const { report } = await runImport(source, target, { skipsDamaged: true });
  expect(report.damaged.map(({ reason }) => reason)).toEqual([
    'A gob value cannot be read. 110 elements or bytes announced, 7 bytes left (byte 1 of the value)',
    'The value belongs to another key. channel 8',
    'The value is negative. -1',
  ]);
  expect(await readChannel(target, 1n)).toBeDefined();
});

test('error: a lock that is held', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.channelLock(7n), 'locked');
  const target = createMemoryStore('test');
  await expect(runImport(source, target)).rejects.toThrow(
    'An official daemon may serve this group: locks are held.\nPlace: memory\nFound: Channel {ID: 7}\nFix: Stop every daemon of the group. If they are stopped, a daemon died in these calls: say --force-locks; the locks are not taken over.',
  );
  const { report } = await runImport(source, target, { locksAreStale: true });
  expect(report.heldLocks).toEqual(['Channel {ID: 7}']);
});

test('error: a session that outlives its time', async () => {
  const source = createMemoryOfficialStore();
  source.sessions.add('326993a7b5cd5a08');
  const target = createMemoryStore('test');
  await expect(runImport(source, target, { observeMs: 1 })).rejects.toThrow(
    'An official daemon lives on this etcd; nobody can see which group it serves.\nPlace: memory\nFound: 1 sessions (leases 326993a7b5cd5a08)\nFix: Stop every daemon of the group. If those that live serve other groups, say --force-sessions.',
  );
  await runImport(source, target, { observeMs: 1, sessionsAreForeign: true });
});

test('error: a key that changes while it is watched, and no word helps', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.channel(7n), officialChannel({ ChannelID: 7n, AuthorizedAmount: 5n }));
  const listSessions = source.listSessions;
  source.listSessions = () => {
    source.set(keys.channel(7n), officialChannel({ ChannelID: 7n, AuthorizedAmount: 6n }));
    return listSessions();
  };
  const target = createMemoryStore('test');
  const word = { locksAreStale: true, sessionsAreForeign: true };
  await expect(runImport(source, target, { observeMs: 1, ...word })).rejects.toThrow(
    `An official daemon serves this group: its keys change.\nPlace: memory\nFound: ${keys.channel(7n)}\nFix: Stop every daemon of the group, and run the command again.`,
  );
  expect(await dump(target)).toEqual([]);
});

test('error: an official daemon that starts while records are written', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.channel(7n), officialChannel({ ChannelID: 7n, AuthorizedAmount: 5n }));
  const target = createMemoryStore('test');
  const isSignedBy = () => {
    source.set(keys.channel(9n), officialChannel({ ChannelID: 9n }));
    return true;
  };
  await expect(runImport(source, target, { isSignedBy })).rejects.toThrow(
    `An official daemon serves this group: its keys change.\nPlace: memory\nFound: ${keys.channel(9n)}`,
  );
});

test('error: a daemon of ours that writes at the same time', async () => {
  const source = createMemoryOfficialStore();
  source.set(keys.channel(7n), officialChannel({ ChannelID: 7n, AuthorizedAmount: 5n }));
  const target = createMemoryStore('test');
  const readNonce = async () => undefined;
  const isSignedBy = () => {
    void put(target, channelKey(7n), encodeChannelRecord(own({})));
    return true;
  };
  await expect(runImport(source, target, { readNonce, isSignedBy })).rejects.toThrow(
    'Somebody else wrote to the store meanwhile.\nPlace: channel/7\nFix: Stop every daemon of the group, and run the command again: it goes on where it stopped.',
  );
});
