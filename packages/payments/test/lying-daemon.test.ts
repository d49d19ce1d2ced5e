import { createRouterTransport } from '@connectrpc/connect';
import { BaseError, bigintToBytes, packClaimMessage } from '@snetkit/core';
import { PaymentChannelStateService } from '@snetkit/protos/state';
import { expect, test } from 'vitest';
import type { FundingPolicy } from '../src/index.ts';
import {
  callWith,
  createClient,
  createNetwork,
  failedWith,
  testSigner,
} from './simulated-network.ts';

/** A daemon that says that so much was signed. */
function claims(amount: bigint, signature: Uint8Array) {
  return createRouterTransport(({ service }) => {
    service(PaymentChannelStateService, {
      getChannelState: () => ({
        currentNonce: bigintToBytes(0n),
        currentSignedAmount: bigintToBytes(amount),
        currentSignature: signature,
      }),
    });
  });
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof BaseError)) throw new TypeError(`not refused: ${String(error)}`);
  expect(error.hint).toBeDefined();
  return error.code;
}

test('error: a daemon that tells more signed than there was gets nothing', async () => {
  const network = createNetwork();
  const mpe = '0x5e592F9b1d303183d963635f895f0f0C48284f4e';
  const message = packClaimMessage({ mpe, channelId: 7n, nonce: 0n, amount: 1n });
  const daemon = claims(900n, await testSigner.signMessage(message));
  const { strategy, getRecord } = createClient(network, { daemon });
  expect(await refusal(strategy.pay(callWith()).attempt())).toBe('DAEMON_STATE_INVALID');
  expect(await getRecord()).toBeUndefined();
});

test.each<[string, FundingPolicy, { threshold?: bigint; recipient?: `0x${string}` }]>([
  ['PRICE_ABOVE_LIMIT', { neverFund: true, maxPrice: 0n }, {}],
  ['THRESHOLD_ABOVE_LIMIT', { neverFund: true }, { threshold: 26_280_000n }],
  ['CHANNEL_MISMATCH', { neverFund: true }, { recipient: testSigner.address }],
])('error: %s before anything is signed', async (code, funding, { threshold, recipient }) => {
  let signatures = 0;
  const signer = {
    ...testSigner,
    async signMessage(message: Uint8Array) {
      signatures += 1;
      return testSigner.signMessage(message);
    },
  };
  const { strategy, getRecord } = createClient(createNetwork(), {
    funding,
    signer,
    ...(threshold !== undefined && { threshold }),
    ...(recipient !== undefined && { recipient }),
  });
  expect(await refusal(strategy.pay(callWith()).attempt())).toBe(code);
  expect([signatures, await getRecord()]).toEqual([0, undefined]);
});

test('behavior: a daemon that says the channel lacks money, though it does not, is asked no more than thrice', async () => {
  const { strategy, getRecord } = createClient(createNetwork());
  const call = strategy.pay(callWith());
  const message = 'not enough tokens on payment channel, channel amount: 0, payment amount: 1';
  const lack = {
    ...failedWith(16),
    failure: { kind: 'funds', status: { code: 16, message } },
  } as const;
  const ends: unknown[] = [];
  for (let sending = 0; sending < 3; sending += 1)
    ends.push(await (await call.attempt()).end(lack));
  expect(ends).toEqual(['retry', 'retry', 'final']);
  await strategy.close();
  expect(await getRecord()).toMatchObject({ signed: 0n, pending: [] });
});
