import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { networkOf, startNetwork, type TestNetwork } from '../../test/start-network.ts';

let network: TestNetwork;

beforeAll(async () => {
  network = await startNetwork({ daemonCommand: undefined, service: false });
});

afterAll(() => network?.[Symbol.asyncDispose]());

test('default', async () => {
  await using engine = network.createEngine();
  const { client } = network.devnet.accounts;
  expect(engine.token).toEqual({ symbol: 'FET', decimals: 18 });
  expect(engine.getAccount().address).toBe(client.address);
  const service = await engine.getService({ organizationId: 'local', serviceId: 'text' });
  expect(service.group).toMatchObject({ groupName: 'default_group' });
});

test('behavior: several accounts; the first one is used where none is named', async () => {
  await using engine = network.createEngine();
  const { client, secondClient } = network.devnet.accounts;
  const added = engine.addAccount({ name: 'second', privateKey: secondClient.privateKey });
  expect(added).toMatchObject({ name: 'second', address: secondClient.address, type: 'key' });
  expect(engine.getAccount('second')).toBe(added);
  expect(engine.getAccount().address).toBe(client.address);
});

test('behavior: a signer of one’s own', async () => {
  await using engine = network.createEngine({ accounts: [] });
  const signer = network.createEngine().getAccount().signer;
  expect(engine.addAccount({ signer })).toMatchObject({ type: 'signer', address: signer.address });
});

test('behavior: balances', async () => {
  await using engine = network.createEngine({ as: 'secondClient' });
  expect(await engine.getAccount().getBalances()).toEqual({
    ether: 10_000n * 10n ** 18n,
    wallet: 100n * 10n ** 18n,
    escrow: 0n,
  });
});

test('behavior: the private key is shown nowhere', async () => {
  const { inspect } = await import('node:util');
  await using engine = network.createEngine();
  const { privateKey } = network.devnet.accounts.client;
  const shown = inspect(engine.getAccount(), { depth: 9, showHidden: true });
  expect(shown).not.toContain(privateKey.slice(2, 20));
  expect(JSON.stringify(engine.getAccount().signer)).not.toContain(privateKey.slice(2, 20));
});

test('error: an account that is not there', async () => {
  await using engine = network.createEngine();
  expect((await catchError(() => engine.getAccount('other'))).message).toBe(
    'There is no account "other".\nExpected: one of default',
  );
  await using empty = network.createEngine({ accounts: [] });
  expect((await catchError(() => empty.getAccount())).message).toBe('The engine has no account.');
});

test('error: an account that is there already', async () => {
  await using engine = network.createEngine();
  const { privateKey } = network.devnet.accounts.client;
  const error = await catchError(() => engine.addAccount({ privateKey }));
  expect(error.message).toBe('There is an account "default" already.');
});

test('error: a private key that is none; it is not shown', async () => {
  await using engine = network.createEngine();
  const error = await catchError(() => engine.addAccount({ name: 'x', privateKey: '0x1234' }));
  expect(error.code).toBe('PRIVATE_KEY_INVALID');
  expect(error.message).not.toContain('1234');
});

test('error: the endpoint belongs to another chain', async () => {
  await using engine = network.createEngine({ network: 'sepolia' });
  const ids = { organizationId: 'local', serviceId: 'text' };
  const error = await catchError(() => engine.createServiceClient(ids));
  expect(error.message).toBe(
    [
      'The RPC endpoint belongs to another chain.',
      `Place: ${network.devnet.rpcUrl}`,
      'Expected: chain id 11155111 (sepolia)',
      'Found: chain id 31337',
      'Fix: Give an RPC endpoint of the network, or choose another network.',
    ].join('\n'),
  );
});

test('error: the chain cannot be reached', async () => {
  await using engine = network.createEngine({ rpcUrl: 'http://127.0.0.1:1' });
  for (const ask of [
    () => engine.checkChain(),
    () => engine.getAccount().getBalances(),
    () => engine.channels.list(),
  ]) {
    expect((await catchError(ask)).code).toBe('RPC_UNREACHABLE');
  }
});

test('error: a service that is not registered', async () => {
  await using engine = network.createEngine();
  const ids = { organizationId: 'local', serviceId: 'texts' };
  expect((await catchError(() => engine.getService(ids))).message).toBe(
    'The service "local/texts" is not registered.\nFix: Check the ids, letter case included, and the network.',
  );
});

test('error: a document that names another escrow', async () => {
  const definition = networkOf(network.devnet);
  const [stand] = definition.stands;
  if (stand === undefined) throw new Error('no stand');
  const stands = [{ ...stand, multiPartyEscrow: network.devnet.contracts.token }];
  await using engine = network.createEngine({ network: { ...definition, stands } });
  const ids = { organizationId: 'local', serviceId: 'text' };
  expect((await catchError(() => engine.getService(ids))).code).toBe('MPE_ADDRESS_MISMATCH');
});

test('error: an engine that is closed', async () => {
  const engine = network.createEngine();
  await engine.close();
  await engine.close();
  const ids = { organizationId: 'local', serviceId: 'text' };
  expect((await catchError(() => engine.createServiceClient(ids))).message).toBe(
    'The engine is closed.',
  );
});
