import { create } from '@bufbuild/protobuf';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import {
  type Address,
  keccak256,
  packClaimMessage,
  packGetTokenMessage,
  portableRecovery,
  privateKeyToAddress,
  signMessage,
} from '@snetkit/core';
import { TokenRequestSchema, TokenService } from '@snetkit/protos/token';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type OwnServicesServer,
  startOwnServices,
} from '../../test/services/start-own-services.ts';
import { systemTimers } from '../accounts/account-ports.ts';
import { openChannelAccounts } from '../accounts/channel-accounts.ts';
import { openCounterAccounts } from '../accounts/counter-accounts.ts';
import { openOwnership } from '../accounts/ownership.ts';
import { createTokenCommits } from '../accounts/token-commits.ts';
import type { ChannelOnChain } from '../chain/chain-view.ts';
import type { CounterRecord } from '../ledger/counter.ts';
import { encodeCounter } from '../ledger/counter-codec.ts';
import { type ChannelRecord, emptyRecord } from '../ledger/record.ts';
import { encodeChannelRecord, encodeClaimRecord } from '../ledger/record-codec.ts';
import { createCounters } from '../observe/counters.ts';
import { createPrepaidTokens } from '../prepaid/prepaid-tokens.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';

// The throw-away keys of the official daemon's own tests.
const senderKey = '0xe910576986ad6541bad229755afa750701a00b10f9b752ad228cac4873c7d421';
const strangerKey = '0xaeaa9fb59c0dd868260af55ea65be077dbcaa063c067dfc0865845a0af5de84c';
const recipientKey = '0xc0e4803a3a5b3c26cfc96d19a6dc4bbb4ba653ce5fa68f0b7dbf3903cda17ee6';
const mpe: Address = '0xf25186B5081Ff5cE73482AD761DB0eB0d25abfBF';
const recipient = privateKeyToAddress(recipientKey);
const groupId = `0x${'11'.repeat(32)}` as const;
const sender = privateKeyToAddress(senderKey);
const signature = new Uint8Array(65).fill(7);
const maxUint64 = 2n ** 64n - 1n;

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

/** What the chain has, and what is remembered of it. */
let chain: {
  now: ChannelOnChain;
  known: ChannelOnChain | undefined;
  isDown: boolean;
  reads: number;
};
let block: bigint | undefined;
let store: Store;
let server: OwnServicesServer;
let allowed: boolean;

beforeEach(async () => {
  chain = { now: onChain, known: undefined, isDown: false, reads: 0 };
  block = 100n;
  allowed = true;
  store = createMemoryStore('test');
  // The chain as this test wants it: the port has no driver that can be told what to say.
  const view = {
    peek: () => chain.known,
    async read() {
      chain.reads += 1;
      if (chain.isDown) throw new Error('https://node.example/v3/secret does not answer');
      chain.known = chain.now;
      return chain.now;
    },
  };
  const current = () => {
    if (block === undefined) throw new Error('https://node.example/v3/secret does not answer');
    return block;
  };
  const counters = createCounters();
  const ownership = await openOwnership({ store, timers: systemTimers });
  const shared = { store, ownership, timers: systemTimers, counters };
  const accounts = openChannelAccounts({ ...shared, chain: view });
  const counterAccounts = openCounterAccounts(shared);
  server = await startOwnServices({
    tokens: {
      accounts,
      counterAccounts,
      commits: createTokenCommits({ store, chain: view, accounts, counters: counterAccounts }),
      tokens: createPrepaidTokens({
        secret: 'x'.repeat(32),
        organizationId: 'org',
        groupId: 'group',
        lifetimeMinutes: 1,
        now: () => 1_800_000_000,
      }),
      chain: view,
      clock: { current, latestPossible: current },
      recovery: portableRecovery,
      keccak: keccak256,
      mpe,
      recipient,
      groupId,
      expirationThreshold: 50n,
      isAllowedUser: () => allowed,
      counters,
    },
  });
});

afterEach(async () => {
  expect(server.faults).toEqual([]);
  await server.stop();
  await store.close();
});

interface Ask {
  readonly amount?: bigint;
  readonly nonce?: bigint;
  readonly signedBlock?: bigint;
  readonly key?: `0x${string}`;
  readonly askerKey?: `0x${string}`;
  readonly claim?: Uint8Array;
}

function ask({ amount = 10n, nonce = 3n, signedBlock = 100n, key = senderKey, ...more }: Ask = {}) {
  const claim = packClaimMessage({ mpe, channelId: 42n, nonce, amount });
  const claimSignature = more.claim ?? signMessage({ message: claim, privateKey: key });
  const message = packGetTokenMessage({ claimSignature, block: signedBlock });
  return createClient(TokenService, server.transport).getToken({
    channelId: 42n,
    currentNonce: nonce,
    signedAmount: amount,
    currentBlock: signedBlock,
    claimSignature,
    signature: signMessage({ message, privateKey: more.askerKey ?? senderKey }),
  });
}

async function refusal(options: Ask = {}): Promise<string> {
  const error = await ask(options).catch((cause: unknown) => cause);
  if (!(error instanceof ConnectError)) throw new Error('the request was answered');
  expect(error.code).toBe(Code.Unknown);
  return error.rawMessage;
}

async function put(key: string, value: Uint8Array): Promise<void> {
  await store.commit([{ checks: [], writes: [{ key, value }] }]);
}

function putChannel(record: Partial<ChannelRecord>): Promise<void> {
  return put('channel/42', encodeChannelRecord({ ...emptyRecord(42n, 3n), ...record }));
}

function putCounter(counter: Partial<CounterRecord>): Promise<void> {
  return put('prepaid/42', encodeCounter({ planned: 0n, used: 0n, marks: [], ...counter }));
}

test('default: what is new is planned, what is old is shown', async () => {
  await putChannel({ settledAmount: 20n, settledSignature: signature });
  expect(await ask({ amount: 30n })).toMatchObject({ plannedAmount: 10n, usedAmount: 0n });
  expect(await ask({ amount: 30n })).toMatchObject({ plannedAmount: 10n, usedAmount: 0n });
  expect(await ask({ amount: 31n })).toMatchObject({ plannedAmount: 11n, usedAmount: 0n });
});

test('behavior: a channel that is known costs no request to the chain', async () => {
  chain.known = onChain;
  await ask();
  expect(chain.reads).toBe(0);
  chain.isDown = true;
  expect(await ask({ amount: 20n })).toMatchObject({ plannedAmount: 20n });
});

test('behavior: without the chain the record answers with what it last knew of it', async () => {
  const { channelId: _, block: _block, ...snapshot } = onChain;
  await putChannel({ settledAmount: 20n, settledSignature: signature, chain: snapshot });
  chain.isDown = true;
  expect(await ask({ amount: 30n })).toMatchObject({ plannedAmount: 10n });
});

test('behavior: nobody who has a part is refused for what was added meanwhile', async () => {
  chain.known = { ...onChain, value: 5n, expiration: 120n, nonce: 2n };
  expect(await ask({ amount: 1_000n })).toMatchObject({ plannedAmount: 1_000n });
  expect(chain.reads).toBe(1);
});

test('behavior: a stranger makes nobody ask the chain', async () => {
  chain.known = { ...onChain, value: 5n };
  expect(await refusal({ askerKey: strangerKey })).toBe(
    'signed amount for token request cannot be greater than full amount in channel',
  );
  expect(chain.reads).toBe(0);
});

test('behavior: while a claim is in progress its amount is not there any more', async () => {
  await putChannel({ nonce: 4n });
  const claim = {
    channelId: 42n,
    nonce: 3n,
    amount: 70n,
    signature,
    actual: 70n,
    startedBlock: 1n,
  };
  await put('claim/42/3', encodeClaimRecord(claim));
  expect(await refusal({ nonce: 4n, amount: 931n })).toBe(
    'signed amount for token request cannot be greater than full amount in channel',
  );
  expect(await ask({ nonce: 4n, amount: 930n })).toMatchObject({ plannedAmount: 930n });
});

test('behavior: what was planned before a claim stays', async () => {
  await putChannel({ nonce: 2n, settledAmount: 500n, settledSignature: signature });
  await putCounter({ planned: 500n, used: 200n });
  expect(await ask({ amount: 7n })).toMatchObject({ plannedAmount: 507n, usedAmount: 200n });
});

test('behavior: counts beyond 64 bits are told as what is left', async () => {
  chain.now = { ...onChain, value: 2n ** 80n };
  await putCounter({ planned: 2n ** 64n, used: 2n ** 64n - 5n });
  expect(await ask({ amount: 10n })).toMatchObject({ plannedAmount: 15n, usedAmount: 0n });
  expect(await ask({ amount: maxUint64 })).toMatchObject({ plannedAmount: maxUint64 });
  // Nothing of it was cut on the way.
  const stored = await store.get('prepaid/42');
  expect(stored?.value).toEqual(
    encodeCounter({ planned: 2n ** 65n - 1n, used: 2n ** 64n - 5n, marks: [] }),
  );
});

test('error: a channel on which more was signed than a request can say', async () => {
  chain.now = { ...onChain, value: 2n ** 80n };
  await putChannel({ settledAmount: 2n ** 64n, settledSignature: signature });
  expect(await refusal({ amount: maxUint64 })).toBe(
    'last signed amount 18446744073709551616 does not fit into the 64 bits of a token request, pay by escrow',
  );
});

test.each([94n, 106n, maxUint64])('error: signed at block %s', async (signedBlock) => {
  expect(await refusal({ signedBlock })).toBe(
    'authentication failed as the signature passed has expired',
  );
});

test('error: nothing new, and nothing was ever planned', async () => {
  await putChannel({ settledAmount: 20n, settledSignature: signature });
  expect(await refusal({ amount: 20n })).toBe('Unable to retrieve planned Amount ');
});

test('error: who may not use the service at all', async () => {
  allowed = false;
  expect(await refusal()).toBe('payment signature is not valid');
});

test('error: the record is ahead and no claim explains it', async () => {
  await putChannel({ nonce: 4n });
  expect(await refusal({ nonce: 4n })).toBe(
    'channel has different nonce in local storage and blockchain and old payment is not found in storage',
  );
});

test('error: no block number, no chain, no store: the text shows nothing of them', async () => {
  block = undefined;
  expect(await refusal()).toBe('cannot determine current block');
  block = 100n;
  chain.known = undefined;
  chain.isDown = true;
  expect(await refusal()).toBe('channel error:the chain cannot be read');
  chain.isDown = false;
  await store.close();
  expect(await refusal()).toBe('channel error:the store cannot be read');
});

test('behavior: any request gets an answer with code 2', async () => {
  const bytes = fc.uint8Array({ maxLength: 70 });
  const number = fc.bigInt({ min: 0n, max: maxUint64 });
  const client = createClient(TokenService, server.transport);
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        channelId: fc.oneof(number, fc.constant(42n)),
        currentNonce: number,
        signedAmount: number,
        currentBlock: number,
        claimSignature: bytes,
        signature: bytes,
      }),
      async (request) => {
        const error = await client
          .getToken(create(TokenRequestSchema, request))
          .catch((cause: unknown) => cause);
        expect(error).toBeInstanceOf(ConnectError);
        expect((error as ConnectError).code).toBe(Code.Unknown);
        expect((error as ConnectError).rawMessage).not.toContain('internal error');
      },
    ),
    { numRuns: 100 },
  );
});
