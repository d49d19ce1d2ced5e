import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { bytesToHex, hexToBytes } from '@snetkit/core';
import {
  FreeCallStateReplySchema,
  FreeCallStateRequestSchema,
  FreeCallTokenSchema,
  GetFreeCallTokenRequestSchema,
} from '@snetkit/protos/state';
import { expect, test } from 'vitest';
import { vector, vectorOptions, vectors } from '../../test/free-calls/vectors.ts';
import type { CounterRecord } from '../ledger/counter.ts';
import {
  type FreeCallStateOptions,
  getFreeCallsAvailable,
  getFreeCallToken,
} from './free-call-state.ts';

const read = async (_key: string) => ({ record: made(2n), version: 1n });

function made(used: bigint): CounterRecord {
  return { planned: 0n, used, marks: [] };
}

function optionsOf(change: Partial<FreeCallStateOptions> = {}): FreeCallStateOptions {
  return {
    ...vectorOptions(),
    accounts: { read },
    quota: () => 5n,
    balances: { hasAtLeast: async () => true },
    trusted: new Set(),
    minBalance: 10n,
    privateKey: vectors.keys['B']!.privateKey,
    counters: { serviceRecoveries: 0 },
    ...change,
  };
}

const [tokenVector, stateVector] = vectors.protobuf;
const tokenRequest = fromBinary(
  GetFreeCallTokenRequestSchema,
  hexToBytes(tokenVector?.encoded ?? ''),
);
const stateRequest = fromBinary(FreeCallStateRequestSchema, hexToBytes(stateVector?.encoded ?? ''));

test('default: the request of the vectors gets the token of the vectors, byte for byte', async () => {
  const reply = await getFreeCallToken(tokenRequest, optionsOf());
  const { token } = vector('free_call_token_issued');
  expect(reply.tokenHex).toBe(token?.slice(2));
  expect(reply.tokenExpirationBlock).toBe(120n);
  const bytes = toBinary(FreeCallTokenSchema, create(FreeCallTokenSchema, reply));
  expect(bytesToHex(fromBinary(FreeCallTokenSchema, bytes).token)).toBe(token);
});

test('default: the request of the vectors gets what is left', async () => {
  const keys: string[] = [];
  const accounts = {
    read: (key: string) => {
      keys.push(key);
      return read(key);
    },
  };
  const reply = await getFreeCallsAvailable(stateRequest, optionsOf({ accounts }));
  expect(reply).toEqual({ freeCallsAvailable: 3n });
  expect(keys).toEqual(['free/YOUR_SERVICE_ID/0x101a018fe784bf01d538b5d4dfa311d047dba491/']);
  expect(() => create(FreeCallStateReplySchema, reply)).not.toThrow();
});

test.each([
  [5n, 0n],
  [9n, 0n],
  [0n, 5n],
])('behavior: of 5 calls %s are made, %s are left', async (used, left) => {
  const accounts = { read: async () => ({ record: made(used), version: 1n }) };
  const reply = await getFreeCallsAvailable(stateRequest, optionsOf({ accounts }));
  expect(reply).toEqual({ freeCallsAvailable: left });
});

test('behavior: without a limit, the store is not asked', async () => {
  const accounts = { read: async () => Promise.reject(new Error('asked')) };
  const options = optionsOf({ accounts, quota: () => undefined });
  expect(await getFreeCallsAvailable(stateRequest, options)).toEqual({
    freeCallsAvailable: 99_999_999n,
  });
});

test('error: the store cannot be read', async () => {
  const accounts = { read: async () => Promise.reject(new Error('etcd.example is away')) };
  await expect(getFreeCallsAvailable(stateRequest, optionsOf({ accounts }))).rejects.toMatchObject({
    code: 2,
    rawMessage: 'error in retrieving free call details from storage',
  });
});

test('error: empty requests are refused like any other', async () => {
  await expect(
    getFreeCallToken(create(GetFreeCallTokenRequestSchema), optionsOf()),
  ).rejects.toMatchObject({ code: 2, rawMessage: 'incorrect signature length' });
  await expect(
    getFreeCallsAvailable(create(FreeCallStateRequestSchema), optionsOf()),
  ).rejects.toMatchObject({ code: 2, rawMessage: "no '_' found" });
});

test('behavior: a token lives from when it is given out, however long the balance took', async () => {
  let block = 99n;
  const balances = {
    async hasAtLeast() {
      block = 150n;
      return true;
    },
  };
  const options = optionsOf({ balances, clock: { current: () => block } });
  const { tokenExpirationBlock } = await getFreeCallToken(tokenRequest, options);
  expect(tokenExpirationBlock).toBe(171n);
});

test('error: the block is lost while the balance is asked for', async () => {
  let isKnown = true;
  const clock = {
    current() {
      if (isKnown) return 99n;
      throw new Error('https://node.example/KEY is away');
    },
  };
  const balances = {
    async hasAtLeast() {
      isKnown = false;
      return true;
    },
  };
  await expect(
    getFreeCallToken(tokenRequest, optionsOf({ clock, balances })),
  ).rejects.toMatchObject({ code: 2, rawMessage: 'cannot determine current block' });
});
