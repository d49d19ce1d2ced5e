import { privateKeySigner } from '@snetkit/contracts';
import { bytesToBase64, encodeEscrowHeaders, packClaimMessage } from '@snetkit/core';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { PaymentRefusal } from '../../src/call/payment-refusal.ts';
import { chainAccounts, startTestChain, type TestChain } from '../chain/test-chain.ts';
import { type OpenEscrow, openEscrow } from './open-escrow.ts';

const price = 3n;
const threshold = 100n;
const fastestBlockMs = 12_000;
const minute = 60_000;

let chain: TestChain;

beforeAll(async () => {
  chain = await startTestChain();
});
beforeEach(() => {
  chain.proxy.rule = 'forward';
});
afterAll(() => chain?.[Symbol.asyncDispose]());

/** A channel with so many blocks to go, and how to pay on it. */
async function openChannel({ escrow }: OpenEscrow, blocksToGo: bigint) {
  const block = BigInt((await chain.send('eth_blockNumber')) as string);
  // The channel is opened in the next block.
  const channelId = await chain.open({ amount: 1_000n, expiration: block + 1n + blocksToGo });
  const payer = privateKeySigner(chainAccounts.deployer.privateKey);
  let amount = 0n;

  async function pay(): Promise<'paid' | { code: number; message: string }> {
    const next = amount + price;
    const message = packClaimMessage({ mpe: chain.mpe, channelId, nonce: 0n, amount: next });
    const signature = await payer.signMessage(message);
    const entries = encodeEscrowHeaders({ channelId, nonce: 0n, amount: next, signature });
    const metadata = Object.fromEntries(
      entries.map(([name, value]) => [
        name,
        typeof value === 'string' ? value : bytesToBase64(value),
      ]),
    );
    const head = { path: '/a.B/C', metadata, peer: { address: '127.0.0.1' } };
    try {
      const signal = new AbortController().signal;
      const payment = await escrow.begin(head, { admit() {}, price: () => price, signal });
      await payment.commit();
      payment.handOver({ streaming: false });
    } catch (refusal) {
      if (!(refusal instanceof PaymentRefusal)) throw refusal;
      return { code: refusal.status.code, message: refusal.status.message };
    }
    amount = next;
    return 'paid';
  }

  return { channelId, pay, expiration: block + 1n + blocksToGo };
}

const unknownBlock = { code: 13, message: 'cannot determine current block' };

test.each(['refuse', 'limit'] as const)(
  'behavior: a node that answers "%s" for a minute keeps no known channel from paying',
  async (rule) => {
    await using open = await openEscrow(chain, { fastestBlockMs, expirationThreshold: threshold });
    const known = await openChannel(open, 100_000n);
    expect(await known.pay()).toBe('paid');
    chain.proxy.rule = rule;
    for (let second = 0; second < 60; second += 10) {
      open.timers.advance(10_000);
      expect(await known.pay()).toBe('paid');
    }
    // The own services have given up by now: windows need a block that is fresh.
    open.timers.advance(1_000);
    expect(() => open.clock.current()).toThrow('cannot determine current block');
    expect(await known.pay()).toBe('paid');

    chain.proxy.rule = 'forward';
    // Asking for the block brings it back, whatever the next regular try is.
    await vi.waitUntil(() => {
      open.timers.advance(1_000);
      return isKnown(open);
    });
    expect(await known.pay()).toBe('paid');
  },
);

test('behavior: a node that hangs does not hang a known channel', async () => {
  await using open = await openEscrow(chain, { fastestBlockMs, expirationThreshold: threshold });
  const known = await openChannel(open, 100_000n);
  expect(await known.pay()).toBe('paid');
  chain.proxy.rule = 'hang';
  const sent = chain.proxy.methods.length;
  open.timers.advance(4_000);
  await vi.waitUntil(() => chain.proxy.methods.length > sent);
  expect(await known.pay()).toBe('paid');
  open.timers.advance(10 * minute);
  expect(await known.pay()).toBe('paid');
});

test('behavior: it is refused from the moment at which the chain could have come within its threshold', async () => {
  await using open = await openEscrow(chain, { fastestBlockMs, expirationThreshold: threshold });
  // block + ceil(age / 12 s) + 100 < expiration, with expiration = block + 110: up to 9 blocks.
  const known = await openChannel(open, 110n);
  expect(await known.pay()).toBe('paid');
  chain.proxy.rule = 'refuse';
  await advance(open, 9 * fastestBlockMs);
  expect(await known.pay()).toBe('paid');
  await advance(open, 1);
  expect(await known.pay()).toEqual(unknownBlock);
  await advance(open, minute);
  expect(await known.pay()).toEqual(unknownBlock);

  chain.proxy.rule = 'forward';
  // The call itself asks for the block.
  expect(await known.pay()).toBe('paid');
  await chain.mine(10);
  const { number } = await open.clock.refresh();
  expect(await known.pay()).toEqual({
    code: 16,
    message: `payment channel is near to be expired, expiration time: ${known.expiration}, current block: ${number}, expiration threshold: 100`,
  });
});

test('error: a channel that was never met, while the node is away', async () => {
  await using open = await openEscrow(chain, { fastestBlockMs, expirationThreshold: threshold });
  const met = await openChannel(open, 100_000n);
  chain.proxy.rule = 'refuse';
  expect(await met.pay()).toEqual({
    code: 13,
    message: 'payment channel error: the chain cannot be read',
  });
  chain.proxy.rule = 'forward';
  expect(await met.pay()).toBe('paid');
});

/** Moves the time, and waits until the poll that this made due is over: it has failed. */
async function advance(open: OpenEscrow, ms: number): Promise<void> {
  open.timers.advance(ms);
  await open.clock.refresh().catch(() => {});
}

function isKnown({ clock }: OpenEscrow): boolean {
  try {
    clock.current();
    return true;
  } catch {
    return false;
  }
}
