import { Code, ConnectError, createClient } from '@connectrpc/connect';
import {
  type Address,
  bigintToBytes,
  hexToBytes,
  keccak256,
  packGetChannelStateMessage,
  portableRecovery,
  privateKeyToAddress,
  signMessage,
  uint256ToBytes,
} from '@snetkit/core';
import { EntryView_State, PaymentChannelStateService } from '@snetkit/protos/state';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  type OwnServicesServer,
  startOwnServices,
} from '../../test/services/start-own-services.ts';
import { systemTimers } from '../accounts/account-ports.ts';
import { type ChannelAccounts, openChannelAccounts } from '../accounts/channel-accounts.ts';
import { openOwnership } from '../accounts/ownership.ts';
import type { ChannelOnChain } from '../chain/chain-view.ts';
import { type ChannelRecord, emptyRecord } from '../ledger/record.ts';
import { encodeChannelRecord, encodeClaimRecord } from '../ledger/record-codec.ts';
import { createCounters } from '../observe/counters.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';

// The throw-away keys of the official daemon's own tests.
const senderKey = '0xe910576986ad6541bad229755afa750701a00b10f9b752ad228cac4873c7d421';
const strangerKey = '0xaeaa9fb59c0dd868260af55ea65be077dbcaa063c067dfc0865845a0af5de84c';
const mpe: Address = '0xf25186B5081Ff5cE73482AD761DB0eB0d25abfBF';
const recipientKey = '0xc0e4803a3a5b3c26cfc96d19a6dc4bbb4ba653ce5fa68f0b7dbf3903cda17ee6';
const recipient = privateKeyToAddress(recipientKey);
const groupId = `0x${'11'.repeat(32)}` as const;
const sender = privateKeyToAddress(senderKey);
const signature = new Uint8Array(65).fill(7);

const onChain: ChannelOnChain = {
  channelId: 42n,
  nonce: 3n,
  sender,
  signer: sender,
  recipient,
  groupId,
  value: 1_000n,
  expiration: 10_000n,
  block: 100n,
};

let chain: Map<bigint, ChannelOnChain>;
let chainReads: number;
let block: bigint | undefined;
let isChainDown: boolean;
let store: Store;
let accounts: ChannelAccounts;
let server: OwnServicesServer;
const counters = createCounters();

beforeEach(async () => {
  chain = new Map([[42n, onChain]]);
  chainReads = 0;
  block = 100n;
  isChainDown = false;
  store = createMemoryStore('test');
  // The chain as this test wants it: the port has no driver that can be told what to say.
  const view = {
    peek: () => undefined,
    async read(channelId: bigint) {
      chainReads += 1;
      if (isChainDown) throw new Error('https://node.example/v3/secret does not answer');
      return chain.get(channelId);
    },
  };
  const clock = {
    current() {
      if (block === undefined) throw new Error('https://node.example/v3/secret does not answer');
      return block;
    },
  };
  const ownership = await openOwnership({ store, timers: systemTimers });
  accounts = openChannelAccounts({ store, ownership, chain: view, timers: systemTimers, counters });
  server = await startOwnServices({
    channelState: {
      accounts,
      chain: view,
      clock,
      recovery: portableRecovery,
      keccak: keccak256,
      mpe,
      recipient,
      groupId,
      counters,
    },
  });
});

afterEach(async () => {
  await server.stop();
  await accounts.close();
  await store.close();
});

function ask(
  options: {
    channelId?: bigint;
    idBytes?: Uint8Array;
    key?: `0x${string}`;
    signedBlock?: bigint;
    signature?: Uint8Array;
  } = {},
) {
  const { channelId = 42n, key = senderKey, signedBlock = 100n } = options;
  const message = packGetChannelStateMessage({ mpe, channelId, block: signedBlock });
  return createClient(PaymentChannelStateService, server.transport).getChannelState({
    channelId: options.idBytes ?? bigintToBytes(channelId),
    signature: options.signature ?? signMessage({ message, privateKey: key }),
    currentBlock: signedBlock,
  });
}

async function refusal(options: Parameters<typeof ask>[0]): Promise<string> {
  const error = await ask(options).catch((cause: unknown) => cause);
  if (!(error instanceof ConnectError)) throw new Error('the request was answered');
  expect(error.code).toBe(Code.Unknown);
  expect(server.faults).toEqual([]);
  return error.rawMessage;
}

async function put(record: Partial<ChannelRecord>): Promise<void> {
  const value = encodeChannelRecord({ ...emptyRecord(42n, 3n), ...record });
  await store.commit([{ checks: [], writes: [{ key: 'channel/42', value }] }]);
}

test('default: nothing signed yet, only the nonce', async () => {
  const reply = await ask();
  expect(reply.currentNonce).toEqual(uint256ToBytes(3n));
  expect(reply.currentSignedAmount).toHaveLength(0);
  expect(reply.currentSignature).toHaveLength(0);
  expect(reply.oldNonceSignedAmount).toHaveLength(0);
  expect(reply.maxInFlight).toBe(64);
});

test('behavior: amount, signature and own fields come from the store, padded to 32 bytes', async () => {
  const entry = { nonce: 3n, amount: 30n, price: 10n, signature, call: 1n, committedAt: 1 };
  const other = await store.openOwner();
  await put({
    settledAmount: 20n,
    settledSignature: new Uint8Array(65).fill(1),
    open: [{ from: 5n, to: 10n }],
    credit: 2n,
    entries: [
      { ...entry, owner: other.id },
      { ...entry, nonce: 2n, owner: 'ab'.repeat(16) },
    ],
  });
  const reply = await ask({ idBytes: uint256ToBytes(42n) });
  expect(reply).toMatchObject({
    currentNonce: uint256ToBytes(3n),
    currentSignedAmount: uint256ToBytes(30n),
    currentSignature: signature,
    open: [{ from: uint256ToBytes(5n), to: uint256ToBytes(10n) }],
    credit: uint256ToBytes(2n),
    entries: [
      {
        nonce: uint256ToBytes(3n),
        amount: uint256ToBytes(30n),
        price: uint256ToBytes(10n),
        state: EntryView_State.IN_PROGRESS,
      },
      { nonce: uint256ToBytes(2n), state: EntryView_State.RETRY },
    ],
  });
});

test('behavior: an owner of many entries is asked for once', async () => {
  const asked = vi.spyOn(store, 'isOwnerAlive');
  const entry = { nonce: 3n, price: 10n, signature, committedAt: 1 };
  const others = [await store.openOwner(), await store.openOwner()];
  await put({
    entries: Array.from({ length: 300 }, (_, i) => ({
      ...entry,
      amount: BigInt(10 * (i + 1)),
      call: BigInt(i),
      owner: others[i % 2]!.id,
    })),
  });
  const { entries } = await ask();
  expect(entries.map(({ state }) => state)).toEqual(Array(300).fill(EntryView_State.IN_PROGRESS));
  expect(asked.mock.calls.flat().sort()).toEqual(others.map(({ id }) => id).sort());
});

test('behavior: while a claim is in progress the old payment is told as well', async () => {
  await put({ nonce: 4n });
  const claim = {
    channelId: 42n,
    nonce: 3n,
    amount: 70n,
    signature,
    actual: 70n,
    startedBlock: 1n,
  };
  await store.commit([
    { checks: [], writes: [{ key: 'claim/42/3', value: encodeClaimRecord(claim) }] },
  ]);
  expect(await ask()).toMatchObject({
    currentNonce: uint256ToBytes(4n),
    oldNonceSignedAmount: uint256ToBytes(70n),
    oldNonceSignature: signature,
  });
});

test('behavior: when the chain is ahead the record counts as empty at its nonce', async () => {
  await put({ nonce: 2n, settledAmount: 20n, settledSignature: signature });
  const reply = await ask();
  expect(reply.currentNonce).toEqual(uint256ToBytes(3n));
  expect(reply.currentSignedAmount).toHaveLength(0);
});

test('behavior: without the chain the record answers with what it last knew of it', async () => {
  const { channelId, block: _, ...snapshot } = onChain;
  await put({ settledAmount: 20n, settledSignature: signature, chain: snapshot });
  isChainDown = true;
  expect((await ask()).currentSignedAmount).toEqual(uint256ToBytes(20n));
  expect(channelId).toBe(42n);
});

test('behavior: the recipient may ask as well', async () => {
  expect((await ask({ key: recipientKey })).currentNonce).toEqual(uint256ToBytes(3n));
});

test('error: a channel to somebody else', async () => {
  chain.set(42n, { ...onChain, recipient: sender });
  expect(await refusal({})).toBe(
    'channel error:recipient Address from org metadata does not Match on what was retrieved from Channel',
  );
});

test.each([
  ['a signature that is too short', { signature: new Uint8Array(64) }, 'incorrect signature'],
  ['a signature of nobody', { signature: new Uint8Array(65).fill(255) }, 'incorrect signature'],
  [
    'an id over 256 bits',
    { idBytes: new Uint8Array(40).fill(1) },
    'channel error:the channel id has over 256 bits',
  ],
  [
    'an old block',
    { signedBlock: 94n },
    'authentication failed as the signature passed has expired',
  ],
  [
    'a block to come',
    { signedBlock: 106n },
    'authentication failed as the signature passed has expired',
  ],
  [
    'a block over 63 bits',
    { signedBlock: 2n ** 64n - 1n },
    'authentication failed as the signature passed has expired',
  ],
])('error: %s is refused before anybody is asked', async (_name, options, text) => {
  expect(await refusal(options)).toBe(text);
  expect(chainReads).toBe(0);
});

test.each([95n, 105n])('behavior: block %s is inside the window', async (signedBlock) => {
  expect((await ask({ signedBlock })).currentNonce).toEqual(uint256ToBytes(3n));
});

test('error: the channel does not exist', async () => {
  expect(await refusal({ channelId: 43n })).toBe('channel is not found, channelId: 43');
});

test('error: a stranger asks', async () => {
  expect(await refusal({ key: strangerKey })).toBe(
    'only channel signer/sender/receiver can get latest channel state',
  );
});

test('error: a channel of another group', async () => {
  chain.set(42n, { ...onChain, groupId: `0x${'22'.repeat(32)}` });
  expect(await refusal({})).toBe(
    'channel error:channel received belongs to another group of replicas, ' +
      `current group: [${[...Buffer.from(groupId.slice(2), 'hex')].join(' ')}], ` +
      `channel group: [${Array(32).fill(0x22).join(' ')}]`,
  );
});

test('error: the record is ahead and no claim explains it', async () => {
  await put({ nonce: 4n });
  expect(await refusal({})).toBe(
    'channel has different nonce in local storage and blockchain and old payment is not found in storage',
  );
});

test('error: no chain, no record: the text does not show the node', async () => {
  isChainDown = true;
  expect(await refusal({})).toBe('channel error:the chain cannot be read');
});

test('error: no block number', async () => {
  block = undefined;
  expect(await refusal({})).toBe('cannot determine current block');
});

test('error: no store', async () => {
  await store.close();
  expect(await refusal({})).toBe('channel error:the store cannot be read');
});

test('behavior: an id of minimal length, and one with zeros before it, are the same', async () => {
  const padded = hexToBytes(`0x${'00'.repeat(60)}2a`);
  expect((await ask({ idBytes: padded })).currentNonce).toEqual(uint256ToBytes(3n));
});
