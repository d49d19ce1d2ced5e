import { Code, ConnectError, createClient } from '@connectrpc/connect';
import {
  hexToBytes,
  keccak256,
  packStartClaimsMessage,
  portableRecovery,
  privateKeyToAddress,
  signMessage,
} from '@snetkit/core';
import { ProviderControlService } from '@snetkit/protos/control';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type OwnServicesServer,
  startOwnServices,
} from '../../test/services/start-own-services.ts';
import type { Claims } from '../accounts/claims.ts';

// A throw-away key of the official daemon's own tests.
const privateKey = '0xc0e4803a3a5b3c26cfc96d19a6dc4bbb4ba653ce5fa68f0b7dbf3903cda17ee6';
const recipient = privateKeyToAddress(privateKey);
const mpe = '0xf25186B5081Ff5cE73482AD761DB0eB0d25abfBF';
const block = 100n;

let server: OwnServicesServer;
/** What was hashed, in bytes, and whose signature was looked into. */
let hashed: number[];
let started: bigint[];

beforeEach(async () => {
  hashed = [];
  started = [];
  const claims: Pick<Claims, 'startMany'> = {
    async startMany(channelIds) {
      started.push(...channelIds);
      return [];
    },
  };
  server = await startOwnServices({
    control: {
      claims: claims as Claims,
      clock: { current: () => block },
      recovery: portableRecovery,
      keccak(bytes) {
        hashed.push(bytes.length);
        return keccak256(bytes);
      },
      mpe,
      recipient,
      counters: { serviceRecoveries: 0 },
    },
  });
});

afterEach(() => server.stop());

function startClaims(channelIds: bigint[], signature?: Uint8Array) {
  return createClient(ProviderControlService, server.transport).startClaimForMultipleChannels({
    mpeAddress: mpe,
    channelIds,
    currentBlock: block,
    signature:
      signature ??
      signMessage({ message: packStartClaimsMessage({ mpe, channelIds, block }), privateKey }),
  });
}

async function refusal(promise: Promise<unknown>): Promise<[Code, string]> {
  const error = await promise.catch((cause: unknown) => cause);
  if (!(error instanceof ConnectError)) throw new Error('the request was answered');
  return [error.code, error.rawMessage];
}

function idsUpTo(count: number): bigint[] {
  return Array.from({ length: count }, (_, index) => BigInt(index));
}

test('behavior: a thousand channels are claimed by one request', async () => {
  await startClaims(idsUpTo(1_000));
  expect(started).toEqual(idsUpTo(1_000));
});

test.each([1_001, 50_000])(
  'error: %s channels are refused before anything is packed',
  async (count) => {
    const signature = hexToBytes(`0x${'01'.repeat(65)}`);
    expect(await refusal(startClaims(idsUpTo(count), signature))).toEqual([
      Code.Unknown,
      `too many channels in one request: ${count}, at most 1000`,
    ]);
    expect(hashed).toEqual([]);
    expect(started).toEqual([]);
  },
);

test.each([0, 64, 66])('error: so is a signature of %s bytes', async (length) => {
  expect(await refusal(startClaims([1n], new Uint8Array(length).fill(1)))).toEqual([
    Code.Unknown,
    'incorrect signature',
  ]);
  expect(hashed).toEqual([]);
});

test('error: a request of over 256 KiB is refused before it is decoded', async () => {
  const signature = new Uint8Array(256 * 2 ** 10);
  const [code] = await refusal(startClaims([1n], signature));
  expect(code).toBe(Code.ResourceExhausted);
  expect(server.faults).toEqual([]);
});
