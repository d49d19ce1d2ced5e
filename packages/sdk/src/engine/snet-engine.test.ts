import { createChainClient } from '@snetkit/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  expect(error.message).toBe(
    [
      'The private key cannot be used.',
      'Place: privateKey of the account "x"',
      'Expected: 0x and 64 hexadecimal digits, inside the range of the curve',
      'Fix: Give 0x and 64 hexadecimal digits; the key is never shown in a message.',
    ].join('\n'),
  );
});

test('error: words that are no mnemonic; they are not shown', async () => {
  await using engine = network.createEngine();
  const mnemonic = 'legal winner thank year wave sausage worth useful legal winner thank yelow';
  const error = await catchError(() => engine.openAccount({ mnemonic, index: 0 }));
  expect(error.message).toBe(
    [
      'A word of the mnemonic is not in the list.',
      'Place: mnemonic of the account "default"',
      'Expected: words of the English list of BIP-39',
      'Found: another one at position 12',
      'Fix: Compare it with its source word by word; the words are never shown in a message.',
    ].join('\n'),
  );
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
    [
      'The service "local/texts" is not registered.',
      `Place: registry ${network.devnet.contracts.registry} on local`,
      'Fix: Check the ids, letter case included, and the network.',
    ].join('\n'),
  );
});

describe('addresses of a network of one’s own', () => {
  const empty = '0x1234567890123456789012345678901234567890';
  const hint = 'Fix: Compare the addresses of the network with those that were deployed.';

  async function refusalOf(changes: object): Promise<string> {
    const definition = networkOf(network.devnet);
    const [stand] = definition.stands;
    const stands = [{ ...stand, ...changes }] as typeof definition.stands;
    await using engine = network.createEngine({ network: { ...definition, stands } });
    const ids = { organizationId: 'local', serviceId: 'text' };
    return (await catchError(() => engine.createServiceClient(ids))).message;
  }

  test.each([
    ['multiPartyEscrow', 'an escrow contract (MultiPartyEscrow)', 'registry'],
    ['registry', 'a registry contract (Registry)', 'token'],
    ['tokenAddress', 'a token contract (ERC-20)', 'registry'],
  ] as const)('error: %s', async (key, expected, other) => {
    const address = network.devnet.contracts[other];
    const told = [
      'The address of a contract is wrong.',
      `Place: network local, stand local: ${key}`,
      `Expected: ${expected}`,
    ];
    expect(await refusalOf({ [key]: address })).toBe(
      [...told, `Found: another contract at ${address}`, hint].join('\n'),
    );
    expect(await refusalOf({ [key]: empty })).toBe(
      [...told, `Found: no such contract at ${empty}`, hint].join('\n'),
    );
  });

  test('error: another token, and one of other decimals', async () => {
    const { rpcUrl, contracts } = network.devnet;
    const chain = createChainClient({ rpcUrl });
    const send = (method: string, ...params: unknown[]) =>
      chain.request({ method, params } as never) as Promise<unknown>;
    await send('anvil_setCode', empty, await send('eth_getCode', contracts.token, 'latest'));
    expect(await refusalOf({ tokenAddress: empty })).toMatch(
      /^The escrow holds another token\.\nPlace: network local, stand local: tokenAddress\nExpected: 0x\w{40}, the token of the escrow 0x\w{40}\nFound: 0x1234/,
    );
    await send('anvil_setCode', empty, '0x');
    expect(await refusalOf({ tokenDecimals: 8 })).toBe(
      [
        'The token has other decimals than the network says.',
        'Place: network local, stand local: tokenDecimals',
        'Expected: 18',
        'Found: 8',
        'Fix: Amounts would be wrong by powers of ten: write what the token says.',
      ].join('\n'),
    );
  });
});

test('error: a document that names another escrow', async () => {
  const { content } = network.createEngine().config;
  const definition = networkOf(network.devnet);
  const [stand] = definition.stands;
  // An escrow of the same code and token, that nobody has published.
  const other = '0x00000000000000000000000000000000000e5c40';
  const { rpcUrl, contracts } = network.devnet;
  const chain = createChainClient({ rpcUrl });
  const send = (method: string, ...params: unknown[]) =>
    chain.request({ method, params } as never) as Promise<unknown>;
  await send('anvil_setCode', other, await send('eth_getCode', contracts.mpe, 'latest'));
  for (const slot of ['0x0', '0x1', '0x2', '0x3']) {
    const value = await send('eth_getStorageAt', contracts.mpe, slot, 'latest');
    await send('anvil_setStorageAt', other, `0x${slot.slice(2).padStart(64, '0')}`, value);
  }
  const stands = [{ ...stand, multiPartyEscrow: other }] as typeof definition.stands;
  await using engine = network.createEngine({ network: { ...definition, stands }, content });
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
