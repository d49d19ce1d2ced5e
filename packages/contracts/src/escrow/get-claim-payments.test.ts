import { packClaimMessage } from '@snetkit/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import {
  addFunds,
  claimChannels,
  claimTimeout,
  type EscrowEvent,
  extendChannel,
  getBlockNumber,
  getClaimPayment,
  getClaimPayments,
  getEscrowEvents,
  resolveClaims,
} from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const { claim, escrowBalance, open } = createEscrowHelpers(() => chain);

/** Figures of payments, without the events they come from. */
const figures = (payments: Awaited<ReturnType<typeof getClaimPayments>>) =>
  payments.map(({ event: _, ...amounts }) => amounts);

describe('getClaimPayments', () => {
  test('default: what the event says 0 of', async () => {
    const { client, mpe, payer, provider, token } = chain;
    const expiration = (await getBlockNumber(client)) + 100n;
    const { channelId } = await open({ amount: 90n, expiration });
    await addFunds(client, payer, { mpe, token, channelId, amount: 20n });
    const kept = await claim({ channelId, signed: 40n });
    expect(figures(await getClaimPayments(client, { mpe, ...kept }))).toEqual([
      { toRecipient: 40n, toSender: 0n, left: 70n },
    ]);
    const [before, paid] = [
      await escrowBalance(payer.address),
      await escrowBalance(provider.address),
    ];
    const back = await claim({ channelId, nonce: 1n, signed: 30n, actual: 20n, sendBack: true });
    expect(figures(await getClaimPayments(client, { mpe, ...back }))).toEqual([
      { toRecipient: 20n, toSender: 50n, left: 0n },
    ]);
    expect((await escrowBalance(payer.address)) - before).toBe(50n);
    expect((await escrowBalance(provider.address)) - paid).toBe(20n);
  });

  test('default: what the sender took back', async () => {
    const { client, mpe, payer } = chain;
    const { channelId } = await open({ amount: 33n, expiration: 1n });
    const timeout = await claimTimeout(client, payer, { mpe, channelId });
    expect(figures(await getClaimPayments(client, { mpe, ...timeout }))).toEqual([
      { toRecipient: 0n, toSender: 33n, left: 0n },
    ]);
  });

  test('behavior: several claims and deposits in one block', async () => {
    const { client, mpe, payer, provider, token, send } = chain;
    const [one, other] = [await open({ amount: 50n }), await open({ amount: 60n })];
    await addFunds(client, payer, { mpe, token, channelId: one.channelId, amount: 1n });
    const claims = await Promise.all(
      [one, other].map(async ({ channelId }) => {
        const message = packClaimMessage({ mpe, channelId, nonce: 0n, amount: 10n });
        const signature = await payer.signMessage(message);
        return { channelId, signedAmount: 10n, signature, sendBack: channelId === one.channelId };
      }),
    );
    await send('evm_setAutomine', false);
    const { channelId } = one;
    let sent = 0;
    const onSent = () => {
      sent += 1;
    };
    const work = [
      extendChannel(client, payer, { mpe, channelId, expiration: 2_000_000n, onSent }),
      claimChannels(client, provider, { mpe, claims, onSent }),
    ] as const;
    await expect.poll(() => sent, { timeout: 10_000 }).toBe(2);
    await send('evm_mine');
    await send('evm_setAutomine', true);
    const [extended, [claimed]] = await Promise.all(work);
    if (claimed?.status !== 'claimed') throw new TypeError('not claimed');
    const { receipt } = claimed.transaction;
    expect(extended.receipt.blockNumber).toBe(receipt.blockNumber);
    expect(figures(await getClaimPayments(client, { mpe, receipt }))).toEqual([
      { toRecipient: 10n, toSender: 41n, left: 0n },
      { toRecipient: 10n, toSender: 0n, left: 50n },
    ]);
    expect(await getClaimPayments(client, { mpe, receipt: extended.receipt })).toEqual([]);
  });

  test('behavior: the whole history of the escrow says the same, without old states', async () => {
    const { client, mpe } = chain;
    const toBlock = await getBlockNumber(client);
    const events = await getEscrowEvents(client, { mpe, fromBlock: 0n, toBlock });
    const resolved = resolveClaims(events);
    expect(resolved.length).toBeGreaterThan(4);
    for (const payment of resolved) {
      const receipt = payment.event;
      const read = await getClaimPayments(client, { mpe, receipt });
      expect(read).toContainEqual(payment);
    }
  });
});

const position = { blockNumber: 1n, blockHash: '0x', transactionHash: '0x', logIndex: 0 } as const;

test('behavior: money is neither made nor lost, whatever happens to a channel', () => {
  const amount = fc.bigInt({ min: 0n, max: 1_000n });
  const step = fc.oneof(
    fc.record({ type: fc.constant('add' as const), amount }),
    fc.record({ type: fc.constant('claim' as const), amount, sendBack: fc.boolean() }),
    fc.record({ type: fc.constant('timeout' as const) }),
  );
  fc.assert(
    fc.property(amount, fc.array(step), (opened, steps) => {
      // The contract, as protocol/sdk.md 5.2 has it, events with their quirks.
      let value = opened;
      const moved = { in: opened, recipient: 0n, sender: 0n };
      const common = { channelId: 1n, nonce: 0n, ...position };
      const terms = {
        sender: '0x',
        signer: '0x',
        recipient: '0x',
        groupId: '0x',
        expiration: 9n,
      } as const;
      const events: EscrowEvent[] = [{ type: 'ChannelOpen', amount: opened, ...terms, ...common }];
      for (const one of steps) {
        if (one.type === 'add') {
          value += one.amount;
          moved.in += one.amount;
          events.push({ type: 'ChannelAddFunds', additionalFunds: one.amount, ...common });
        } else if (one.type === 'timeout') {
          moved.sender += value;
          value = 0n;
          events.push({ type: 'ChannelSenderClaim', claimAmount: 0n, ...common });
        } else {
          const claimAmount = one.amount > value ? value : one.amount;
          value -= claimAmount;
          moved.recipient += claimAmount;
          if (one.sendBack) {
            moved.sender += value;
            value = 0n;
          }
          const amounts = { claimAmount, plannedAmount: claimAmount, sendBackAmount: 0n };
          const keepAmount = value;
          const recipient = '0x' as const;
          events.push({ type: 'ChannelClaim', recipient, ...amounts, keepAmount, ...common });
        }
      }
      const payments = resolveClaims(events);
      const sum = (key: 'toRecipient' | 'toSender') =>
        payments.reduce((total, payment) => total + payment[key], 0n);
      expect([sum('toRecipient'), sum('toSender')]).toEqual([moved.recipient, moved.sender]);
      expect(moved.in - moved.recipient - moved.sender).toBe(value);
    }),
  );
});

test('default: one event and the value before', () => {
  const event = { type: 'ChannelSenderClaim', channelId: 1n, nonce: 1n, claimAmount: 0n } as const;
  expect(getClaimPayment({ ...event, ...position }, 5n)).toMatchObject({ toSender: 5n, left: 0n });
});
