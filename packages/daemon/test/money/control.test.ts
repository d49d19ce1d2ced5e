import { privateKeySigner } from '@snetkit/contracts';
import { bytesToBigint } from '@snetkit/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mine } from '../harness/mine.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { createProvider, type Provider } from '../harness/provider.ts';

// The texts are those of protocol/daemon.md 4.7; README.md beside lists the ones that cannot occur.
const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);

let network: PaidNetwork;
let provider: Provider;
let price: bigint;

beforeAll(async () => {
  network = await startPaidNetwork({ daemonConfig: { block_poll_interval: '100ms' } });
  provider = createProvider(network);
  price = network.devnet.price;
});

afterAll(() => network?.stop());

/** A channel on which `calls` calls were paid. */
async function paidChannel(calls: bigint): Promise<bigint> {
  const channelId = await network.openChannel({ calls: 100n });
  for (let i = 1n; i <= calls; i += 1n) await pay(channelId, i);
  return channelId;
}

async function pay(channelId: bigint, calls: bigint, nonce = 0n): Promise<string> {
  const headers = await network.pay({ channelId, amount: price * calls, nonce });
  const { status, message } = await network.call(detect, headers, text);
  return `${status} ${message}`;
}

async function idsInProgress(): Promise<bigint[]> {
  return (await provider.listInProgress()).map(({ channelId }) => channelId);
}

test('default: what was paid is listed, claimed on the chain, and paid on under the next nonce', async () => {
  const channelId = await paidChannel(3n);
  const unclaimed = (await provider.listUnclaimed()).find((one) => one.channelId === channelId);
  expect(unclaimed).toMatchObject({ nonce: 0n, amount: price * 3n, actual: price * 3n });
  expect(unclaimed?.signature).toHaveLength(0);
  expect(unclaimed?.expiration).toBeGreaterThan(0n);

  const claim = await provider.startClaim(channelId);
  expect(claim).toMatchObject({ nonce: 0n, amount: price * 3n, actual: price * 3n });
  expect(claim.signature).toHaveLength(65);
  expect(claim.expiration).toBe(0n);
  const state = await network.getState(channelId);
  expect(state).toMatchObject({ nonce: 1n, amount: 0n });
  expect(BigInt(`0x${Buffer.from(state.reply.oldNonceSignedAmount).toString('hex')}`)).toBe(
    price * 3n,
  );
  expect(await idsInProgress()).toContain(channelId);
  // Paid on while the claim is on its way, up to what the claim leaves.
  expect(await pay(channelId, 1n, 1n)).toBe('0 ');
  expect(await pay(channelId, 97n, 1n)).toMatch(/^16 income /);
  expect(await pay(channelId, 98n, 1n)).toBe(
    `16 not enough tokens on payment channel, channel amount: ${price * 97n}, payment amount: ${price * 98n}`,
  );

  await provider.land(claim);
  expect(await idsInProgress()).not.toContain(channelId);
  expect(await pay(channelId, 2n, 1n)).toBe('0 ');
  const second = await provider.startClaim(channelId, { nonce: 1n });
  expect(second).toMatchObject({ nonce: 1n, amount: price * 2n, actual: price * 2n });
});

test('behavior: a claim in progress is not started again, and its channel is not listed as unclaimed', async () => {
  const channelId = await paidChannel(1n);
  await provider.startClaim(channelId);
  await pay(channelId, 1n, 1n);
  await expect(provider.startClaim(channelId, { nonce: 1n })).rejects.toThrow(
    new Error(`2 another transaction on channel: {ID: ${channelId}} is in progress`),
  );
  const listed = await provider.listUnclaimed();
  expect(listed.find((one) => one.channelId === channelId)).toMatchObject({
    nonce: 1n,
    amount: price,
  });
});

test('behavior: several claims at once, asked for twice, are the same claims', async () => {
  const ids = [await paidChannel(1n), await paidChannel(2n)];
  const first = await provider.startClaims([...ids].reverse());
  expect(first.map(({ channelId, amount }) => [channelId, amount])).toEqual([
    [ids[0], price],
    [ids[1], price * 2n],
  ]);
  expect(await provider.startClaims(ids)).toEqual(first);
  expect(await idsInProgress()).toEqual(expect.arrayContaining(ids));
});

test('error: one channel of several that cannot be claimed leaves all others alone', async () => {
  const [paid, unpaid] = [await paidChannel(1n), await network.openChannel({ calls: 10n })];
  await expect(provider.startClaims([paid, unpaid])).rejects.toThrow(
    new Error(`2 authorized amount is zero , hence nothing to claim on the channel Id: ${unpaid}`),
  );
  expect(await idsInProgress()).not.toContain(paid);
});

test('behavior: what a claim took beyond what was served is taken off the next', async () => {
  const channelId = await network.openChannel({ calls: 100n });
  // Signs ahead and leaves a stretch open: 1 is never sent.
  const ahead = await network.pay({
    channelId,
    amount: price * 2n,
    headers: { 'snet-payment-allow-gap': '1' },
  });
  expect(await network.call(detect, ahead, text)).toMatchObject({ status: 0 });
  const claim = await provider.startClaim(channelId);
  expect(claim).toMatchObject({ amount: price * 2n, actual: price });
  // As the official treasurer does.
  await provider.land(claim, claim.amount);
  expect(await idsInProgress()).not.toContain(channelId);
  await mine(network.devnet.rpcUrl, 13);
  await pay(channelId, 1n, 1n);
  await pay(channelId, 2n, 1n);
  await expect.poll(idsInProgress).not.toContain(channelId);
  const listed = (await provider.listUnclaimed()).find((one) => one.channelId === channelId);
  expect(listed).toMatchObject({ nonce: 1n, amount: price * 2n, actual: price });
});

test('behavior: a restarted daemon counts the credit of a claim that it never saw land', async () => {
  const { daemon, rpcUrl } = network.devnet;
  const channelId = await network.openChannel({ calls: 100n });
  const ahead = await network.pay({
    channelId,
    amount: price * 2n,
    headers: { 'snet-payment-allow-gap': '1' },
  });
  expect(await network.call(detect, ahead, text)).toMatchObject({ status: 0 });
  const claim = await provider.startClaim(channelId);
  daemon?.kill('SIGKILL');
  await daemon?.exited;
  await provider.land(claim, claim.amount);
  await mine(rpcUrl, 13);
  await daemon?.restart();
  const creditNow = async () => bytesToBigint((await network.getState(channelId)).reply.credit);
  await expect.poll(creditNow, { timeout: 10_000 }).toBe(price);
});

test('error: an unknown channel, one of another provider, one without payments', async () => {
  const foreign = await network.openChannel({
    recipient: network.devnet.accounts.secondClient.address,
  });
  for (const channelId of [1_000_000n, foreign]) {
    await expect(provider.startClaim(channelId)).rejects.toThrow(
      new Error(`2 channel Id ${channelId} was not found on blockchain or storage`),
    );
  }
  const unpaid = await network.openChannel({ calls: 10n });
  await expect(provider.startClaim(unpaid)).rejects.toThrow(
    new Error(`2 authorized amount is zero , hence nothing to claim on the channel Id: ${unpaid}`),
  );
});

test('error: another escrow, another signer, an old block, no signature', async () => {
  const { accounts } = network.devnet;
  const stranger = privateKeySigner(accounts.secondClient.privateKey);
  const elsewhere = accounts.client.address;
  const mpeText = `2 the mpeAddress: ${elsewhere} passed does not match to what has been registered`;
  const signerText = `2 the address: ${accounts.secondClient.address} does not match to what has been expected / registered`;
  const requests = [
    (request: object) => provider.listUnclaimed(request),
    (request: object) => provider.listInProgress(request),
    (request: object) => provider.startClaim(1_000_000n, request),
    (request: object) => provider.startClaims([1n], request),
  ];
  for (const [index, ask] of requests.entries()) {
    await expect(ask({ mpe: elsewhere })).rejects.toThrow(new Error(mpeText));
    await expect(ask({ signer: stranger })).rejects.toThrow(new Error(signerText));
    await expect(ask({ signature: new Uint8Array(64) })).rejects.toThrow(
      new Error('2 incorrect signature'),
    );
    // A signature for StartClaim names the nonce instead of a block.
    if (index === 2) continue;
    for (const blockOffset of [-6n, 6n]) {
      await expect(ask({ blockOffset })).rejects.toThrow(
        new Error('2 authentication failed as the signature passed has expired'),
      );
    }
  }
});
