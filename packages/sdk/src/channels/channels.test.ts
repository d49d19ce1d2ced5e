import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';

const fet = 10n ** 18n;
let network: TestNetwork;

beforeAll(async () => {
  network = await startNetwork();
});

afterAll(() => network?.[Symbol.asyncDispose]());

test('default', async () => {
  const engine = network.createEngine();
  expect(await engine.channels.list()).toEqual([]);
  const { channel, group, receipt } = await engine.channels.open({
    organizationId: 'local',
    amount: fet,
  });
  const { client, provider } = network.devnet.accounts;
  expect(channel).toMatchObject({
    id: 0n,
    nonce: 0n,
    sender: client.address,
    signer: client.address,
    recipient: provider.address,
    value: fet,
    signed: undefined,
    unspent: fet,
  });
  expect(group).toMatchObject({ groupName: 'default_group', paymentExpirationThreshold: 100n });
  // Approval and deposit were mined after the block number had been read.
  expect(channel.expiration).toBe(receipt.blockNumber - 2n + 100_100n);
  expect(await engine.channels.list()).toEqual([channel]);
  expect(await engine.getAccount().getBalances()).toMatchObject({ wallet: 99n * fet, escrow: 0n });
});

test('behavior: calls use the channel, and the list shows what they signed', async () => {
  const engine = network.createEngine();
  const service = await engine.createServiceClient({ organizationId: 'local', serviceId: 'text' });
  await service.call('Detect', { text: 'Guten Morgen' });
  const { price } = network.devnet;
  expect(await engine.channels.list()).toMatchObject([
    { id: 0n, value: fet, signed: price, unspent: fet - price },
  ]);
});

test('args: another channel, to a named group, until a block', async () => {
  const engine = network.createEngine();
  const { channel } = await engine.channels.open({
    organizationId: 'local',
    groupName: 'default_group',
    amount: 5n,
    expiration: 50_000n,
    another: true,
  });
  expect(channel).toMatchObject({ id: 1n, value: 5n, expiration: 50_000n });
  expect(await engine.channels.list()).toMatchObject([{ id: 0n }, { id: 1n }]);
});

test('error: there is a channel already', async () => {
  const engine = network.createEngine();
  const error = await catchError(() =>
    engine.channels.open({ organizationId: 'local', amount: fet }),
  );
  expect(error.message).toMatch(
    /^There is a channel to this payment group already\.\nPlace: payment group "default_group"\nFound: channel 0 with 1 FET until block [0-9]+$/,
  );
});

test('error: more than the account has', async () => {
  const engine = network.createEngine({ as: 'secondClient' });
  const error = await catchError(() =>
    engine.channels.open({ organizationId: 'local', amount: 101n * fet }),
  );
  expect(error.message).toBe(
    [
      'The account does not have so much.',
      `Place: ${network.devnet.accounts.secondClient.address}`,
      'Expected: 101 FET in the wallet or in the escrow',
      'Found: 100 FET in the wallet, 0 FET in the escrow',
    ].join('\n'),
  );
});

test('error: an expiration that comes too early', async () => {
  const engine = network.createEngine({ as: 'secondClient' });
  const error = await catchError(() =>
    engine.channels.open({ organizationId: 'local', amount: fet, expiration: 100n }),
  );
  expect(error.code).toBe('EXPIRATION_INVALID');
  expect(error.message).toMatch(
    /^The channel would expire too early to be used\.\nExpected: block [0-9]+ or later: the group wants 100 blocks, and now is block [0-9]+\nFound: block 100$/,
  );
});

test('error: no such organization, no such group', async () => {
  const engine = network.createEngine({ as: 'secondClient' });
  const open = (organizationId: string, groupName?: string) =>
    catchError(() => engine.channels.open({ organizationId, groupName, amount: fet }));
  expect((await open('nobody')).message).toBe(
    [
      'The organization "nobody" is not registered.',
      `Place: registry ${network.devnet.contracts.registry} on local`,
      'Fix: Check the id, letter case included, and the network.',
    ].join('\n'),
  );
  const error = await open('local', 'other_group');
  expect(error.message).toMatch(
    /^The organization has no group "other_group"\.\nPlace: ipfs:\/\/Qm\w+\nExpected: "default_group"$/,
  );
});
