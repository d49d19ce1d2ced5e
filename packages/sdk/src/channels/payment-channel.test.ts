import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { mine } from '../../test/mine.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';
import type { SnetEngine } from '../engine/snet-engine.ts';
import type { PaymentChannel } from './payment-channel.ts';

const fet = 10n ** 18n;
let network: TestNetwork;
let engine: SnetEngine;
let channel: PaymentChannel;

beforeAll(async () => {
  network = await startNetwork();
  engine = network.createEngine();
  const terms = { organizationId: 'local', amount: fet, expiration: 1_000n };
  ({ channel } = await engine.channels.open(terms));
});

afterAll(() => network?.[Symbol.asyncDispose]());

test('default: money and time are added, apart and together', async () => {
  const { deposit } = await channel.addFunds({ amount: fet });
  expect(deposit?.approval).toBeDefined();
  expect(channel).toMatchObject({ value: 2n * fet, unspent: 2n * fet, expiration: 1_000n });
  await channel.extendExpiration({ expiration: 1_001n });
  await channel.extendAndAddFunds({ amount: 1n, expiration: 1_002n });
  expect(channel).toMatchObject({ value: 2n * fet + 1n, expiration: 1_002n });
  expect(await engine.channels.load({ channelId: channel.id })).toEqual(channel);
});

test('behavior: what the escrow balance has is taken first', async () => {
  const account = engine.getAccount();
  await account.deposit({ amount: 5n });
  expect(await account.getAllowance()).toBe(0n);
  const { deposit } = await channel.addFunds({ amount: 3n });
  expect(deposit).toBeUndefined();
  expect((await account.getBalances()).escrow).toBe(2n);
  await account.withdraw({ amount: 2n });
  expect((await account.getBalances()).escrow).toBe(0n);
});

test('behavior: a channel of a service client asks the daemon, and believes own signatures', async () => {
  const ids = { organizationId: 'local', serviceId: 'text' };
  const service = await engine.createServiceClient({ ...ids, channelId: channel.id });
  await service.call('Detect', { text: 'Guten Morgen' });
  // Another machine of the same user, whose ledger knows nothing.
  const elsewhere = network.createEngine({
    ledgerDirectory: `${network.devnet.directory}/elsewhere`,
  });
  const client = await elsewhere.createServiceClient(ids);
  const [same] = await client.getChannels();
  expect(same).toMatchObject({ id: channel.id, signed: undefined, unspent: channel.value });
  await same?.syncState();
  const { price } = network.devnet;
  expect(same).toMatchObject({ signed: price, unspent: channel.value - price });
});

test('error: a channel that is not there', async () => {
  const error = await catchError(() => engine.channels.load({ channelId: 77n }));
  expect(error.message).toBe(
    `The channel is not on the chain.\nPlace: channel 77 of ${network.devnet.contracts.mpe}`,
  );
});

test('error: what is left cannot be had before the channel has expired', async () => {
  const error = await catchError(() => channel.claimUnused());
  expect(error.message).toMatch(
    /^The channel has not expired yet\.\nPlace: channel 0 of 0x\w{40}\nExpected: block 1002 or later\nFound: block [0-9]+, [0-9]+ too early\nFix: Try again then; until that block the provider can claim what was signed\.$/,
  );
  const others = network.createEngine({ as: 'secondClient' });
  const foreign = await others.channels.load({ channelId: channel.id });
  expect((await catchError(() => foreign.claimUnused())).code).toBe('CHANNEL_MISMATCH');
});

test('behavior: a claim that an earlier program sent tells the amount, too', async () => {
  const terms = { organizationId: 'local', amount: 9n, expiration: 500n, another: true };
  const { channel: short } = await engine.channels.open(terms);
  await mine(network.devnet.rpcUrl, 500n);
  const send = (method: string, ...params: unknown[]) =>
    engine.chain.request({ method, params } as never) as Promise<unknown>;
  await send('evm_setAutomine', false);
  const leaving = new AbortController();
  const claim = { signal: leaving.signal, onSent: () => leaving.abort() };
  expect((await catchError(() => short.claimUnused(claim))).code).toBe('ABORTED');
  await send('evm_setAutomine', true);
  await send('evm_mine');
  const again = await engine.channels.load({ channelId: short.id });
  expect(again.value).toBe(0n);
  expect(await again.claimUnused()).toMatchObject({ isResumed: true, amount: 9n });
  await engine.getAccount().withdraw({ amount: 9n });
});

test('behavior: what is left comes back after that', async () => {
  await mine(network.devnet.rpcUrl, 1_000n);
  const { amount } = await channel.claimUnused();
  expect(amount).toBe(2n * fet + 4n);
  expect(channel).toMatchObject({ value: 0n, signed: undefined, unspent: 0n, nonce: 1n });
  expect((await engine.getAccount().getBalances()).escrow).toBe(amount);
  expect((await catchError(() => channel.claimUnused())).message).toMatch(
    /^Nothing is left in the channel\.\nPlace: channel 0 of /,
  );
});
