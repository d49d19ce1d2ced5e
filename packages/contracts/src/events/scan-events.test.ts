import { encodeId, type Hex } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { createEscrowHelpers } from '../../test/escrow-helpers.ts';
import { failure } from '../../test/failure.ts';
import { refuse, startRpcServer } from '../../test/rpc-server.ts';
import { groupId, startTestChain, type TestChain } from '../../test/test-chain.ts';
import { vectors } from '../../test/vectors.ts';
import {
  addFunds,
  addOrganizationMembers,
  approve,
  type ChannelOpenEvent,
  createChainClient,
  createOrganization,
  createService,
  decodeEscrowEvent,
  decodeRegistryEvent,
  decodeTokenEvent,
  deleteOrganization,
  deleteService,
  deposit,
  extendChannel,
  getBlockNumber,
  grantTokenRole,
  pauseToken,
  registryContract,
  revokeTokenRole,
  scanEscrowEvents,
  scanRegistryEvents,
  scanTokenEvents,
  sendContractTransaction,
  tokenRoles,
  transferEscrowBalance,
  transferTokens,
  unpauseToken,
  updateService,
  withdraw,
} from '../index.ts';
import { escrowEvents } from './escrow-events.ts';
import { registryEvents } from './registry-events.ts';
import { tokenEvents } from './token-events.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

const { open } = createEscrowHelpers(() => chain);
const metadataUri = `ipfs://Qm${'a'.repeat(44)}`;
const zeroAddress: Hex = `0x${'0'.repeat(40)}`;

/** All events of a scan, without where they are. */
async function collect<event extends object>(
  scan: AsyncIterable<{ events: readonly event[] }>,
): Promise<event[]> {
  const all: event[] = [];
  for await (const { events } of scan) all.push(...events);
  return all;
}

const withoutPosition = (events: readonly object[]) =>
  events.map((event) => {
    const { blockNumber, blockHash, transactionHash, logIndex, ...rest } =
      event as ChannelOpenEvent;
    return rest;
  });

const nextBlock = async () => (await getBlockNumber(chain.client)) + 1n;

test('default: every event of every contract, and no other', () => {
  const sets = {
    MultiPartyEscrow: escrowEvents,
    Registry: registryEvents,
    FetchToken: tokenEvents,
  };
  for (const [name, set] of Object.entries(sets)) {
    const { events } = vectors.abi[name as keyof typeof sets];
    const expected = Object.entries(events).map(([key, { topic0 }]) => [key.split('(')[0], topic0]);
    expect(set.topics).toEqual(Object.fromEntries(expected));
  }
});

describe('scanEscrowEvents', () => {
  test('default: balances', async () => {
    const { client, mpe, token, payer, provider } = chain;
    const fromBlock = await nextBlock();
    await deposit(client, payer, { mpe, token, amount: 9n });
    const recipient = provider.address;
    await transferEscrowBalance(client, payer, { mpe, recipient, amount: 4n });
    const { receipt } = await withdraw(client, provider, { mpe, amount: 3n });
    const events = await collect(scanEscrowEvents(client, { mpe, fromBlock }));
    expect(withoutPosition(events)).toEqual([
      { type: 'DepositFunds', sender: payer.address, amount: 9n },
      { type: 'TransferFunds', sender: payer.address, receiver: recipient, amount: 4n },
      { type: 'WithdrawFunds', sender: recipient, amount: 3n },
    ]);
    expect(events.at(-1)).toMatchObject({ transactionHash: receipt.transactionHash });
    const received = {
      mpe,
      fromBlock,
      where: { receiver: recipient },
      types: ['TransferFunds'],
    } as const;
    expect(await collect(scanEscrowEvents(client, received))).toEqual([events[1]]);
  });

  test('args: types and where, applied by the endpoint', async () => {
    const { client, anvil, mpe, token, payer, provider } = chain;
    const fromBlock = await nextBlock();
    const [one, other] = [await open(), await open()];
    const { channelId } = other;
    await addFunds(client, payer, { mpe, token, channelId, amount: 5n });
    await addFunds(client, payer, { mpe, token, channelId: one.channelId, amount: 6n });
    await extendChannel(client, payer, { mpe, channelId, expiration: 9_999_999n });
    await using server = await startRpcServer(() => false, anvil.rpcUrl);
    const observed = createChainClient({ rpcUrl: server.rpcUrl });
    const types = ['ChannelAddFunds', 'ChannelExtend'] as const;
    const scan = scanEscrowEvents(observed, { mpe, types, where: { channelId }, fromBlock });
    expect(withoutPosition(await collect(scan))).toEqual([
      { type: 'ChannelAddFunds', channelId, additionalFunds: 5n },
      { type: 'ChannelExtend', channelId, newExpiration: 9_999_999n },
    ]);
    expect(server.methods).toEqual(['eth_blockNumber', 'eth_getLogs']);
    const opened = scanEscrowEvents(client, {
      ...{ mpe, fromBlock, types: ['ChannelOpen'] },
      where: { groupId, recipient: [payer.address, provider.address.toLowerCase() as Hex] },
    });
    const events = await collect(opened);
    expectTypeOf(events).toEqualTypeOf<ChannelOpenEvent[]>();
    expect(events.map((event) => event.channelId)).toEqual([one.channelId, channelId]);
  });

  test('behavior: stopped in the middle, it goes on after the last range', async () => {
    const { client, anvil, mpe, token, payer } = chain;
    const fromBlock = await nextBlock();
    const amounts = [1n, 2n, 3n, 4n];
    for (const amount of amounts) await deposit(client, payer, { mpe, token, amount });
    await using server = await startRpcServer((request, response) => {
      if (request.method !== 'eth_getLogs') return false;
      const [{ fromBlock: from, toBlock: to }] = request.params as [Record<string, string>];
      if (Number(to) - Number(from) < 3) return false;
      return refuse(response, request, { code: -32005, message: 'block range too large' });
    }, anvil.rpcUrl);
    const strict = createChainClient({ rpcUrl: server.rpcUrl });
    const seen: bigint[] = [];
    let next = fromBlock;
    const types = ['DepositFunds'] as const;
    while (next <= (await getBlockNumber(client))) {
      for await (const range of scanEscrowEvents(strict, { mpe, types, fromBlock: next })) {
        expect(range.fromBlock).toBe(next);
        seen.push(...range.events.map(({ amount }) => amount));
        next = range.toBlock + 1n;
        break;
      }
    }
    expect(seen).toEqual(amounts);
  });

  test('error: an argument that is not indexed, or not in the same place', async () => {
    const { client, mpe } = chain;
    const scan = (options: object) =>
      collect(scanEscrowEvents(client, { mpe, fromBlock: 0n, ...options }));
    const open = await failure(scan({ types: ['ChannelOpen'], where: { channelId: 1n } }));
    expect(open.message).toBe(
      [
        'Events cannot be found by channelId.',
        'Place: ChannelOpen',
        'Expected: an argument that all of these events have indexed at the same place',
      ].join('\n'),
    );
    // The recipient is the second topic of one event, and the second but one of the other.
    const types = ['ChannelOpen', 'ChannelClaim'];
    expect((await failure(scan({ types, where: { channelId: 1n } }))).code).toBe(
      'CONTRACT_ARGUMENT_INVALID',
    );
    const wrong = await failure(scan({ types: ['ChannelExtend'], where: { channelId: -1n } }));
    expect(wrong.message).toBe(
      [
        'The channelId of the events cannot be used.',
        'Expected: a whole number from 0 to 2^256 - 1',
        'Found: -1',
      ].join('\n'),
    );
  });
});

describe('scanRegistryEvents', () => {
  test('default: what happens to organizations and services', async () => {
    const { client, registry, payer, delegate } = chain;
    const fromBlock = await nextBlock();
    const organization = { registry, organizationId: 'acme' };
    const service = { ...organization, serviceId: 'talk', metadataUri };
    await createOrganization(client, payer, { ...organization, metadataUri });
    await addOrganizationMembers(client, payer, { ...organization, members: [delegate.address] });
    await createService(client, payer, service);
    await updateService(client, payer, service);
    await deleteService(client, payer, service);
    await createService(client, payer, { ...service, serviceId: 'listen' });
    const { receipt } = await deleteOrganization(client, payer, organization);
    const [organizationId, serviceId] = ['acme', 'talk'];
    expect(
      withoutPosition(await collect(scanRegistryEvents(client, { registry, fromBlock }))),
    ).toEqual([
      { type: 'OrganizationCreated', organizationId },
      { type: 'OrganizationModified', organizationId },
      { type: 'ServiceCreated', organizationId, serviceId, metadataUri },
      { type: 'ServiceMetadataModified', organizationId, serviceId, metadataUri },
      { type: 'ServiceDeleted', organizationId, serviceId },
      { type: 'ServiceCreated', organizationId, serviceId: 'listen', metadataUri },
      { type: 'OrganizationDeleted', organizationId },
    ]);
    // The services that go with it are not told of.
    expect(receipt.logs.map((log) => decodeRegistryEvent(log, registry)?.type)).toEqual([
      'OrganizationDeleted',
    ]);
    expect(decodeRegistryEvent(receipt.logs[0] as never, chain.mpe)).toBeUndefined();
  });

  test('args: by organization and service, text or not', async () => {
    const { client, registry, payer } = chain;
    const fromBlock = await nextBlock();
    const strange: Hex = `0xfd${'00'.repeat(31)}`;
    for (const id of [strange, encodeId('other')]) {
      const create = registryContract.write('createOrganization', [id, '0x', []]);
      await sendContractTransaction(client, payer, { address: registry, call: create });
      const args = [id, encodeId('s'), '0xfd'] as const;
      const call = registryContract.write('createServiceRegistration', args);
      await sendContractTransaction(client, payer, { address: registry, call });
    }
    const scan = (where: object, types?: readonly 'ServiceCreated'[]) =>
      collect(scanRegistryEvents(client, { registry, fromBlock, where, types }));
    expect(withoutPosition(await scan({ organizationId: strange }))).toEqual([
      { type: 'OrganizationCreated', organizationId: strange },
      { type: 'ServiceCreated', organizationId: strange, serviceId: 's', metadataUri: '0xfd' },
    ]);
    const both = { organizationId: ['other', strange], serviceId: 's' };
    expect(await scan(both, ['ServiceCreated'])).toHaveLength(2);
    expect((await failure(scan({ organizationId: '' }))).code).toBe('ID_INVALID');
    expect((await failure(scan({ serviceId: 's' }))).code).toBe('CONTRACT_ARGUMENT_INVALID');
  });
});

describe('scanTokenEvents', () => {
  test('default: every kind', async () => {
    const { client, token, mpe, payer, provider } = chain;
    const fromBlock = await nextBlock();
    const account = provider.address;
    await transferTokens(client, payer, { token, recipient: account, amount: 2n });
    await approve(client, payer, { token, spender: mpe, amount: 3n });
    await pauseToken(client, payer, { token });
    await unpauseToken(client, payer, { token });
    await grantTokenRole(client, payer, { token, role: 'pauser', account });
    const { receipt } = await revokeTokenRole(client, payer, { token, role: 'pauser', account });
    const sender = payer.address;
    const role = tokenRoles.pauser;
    const events = await collect(scanTokenEvents(client, { token, fromBlock }));
    expect(withoutPosition(events)).toEqual([
      { type: 'Transfer', from: sender, to: account, value: 2n },
      { type: 'Approval', owner: sender, spender: mpe, value: 3n },
      { type: 'Paused', account: sender },
      { type: 'Unpaused', account: sender },
      { type: 'RoleGranted', role, account, sender },
      { type: 'RoleRevoked', role, account, sender },
    ]);
    expect(receipt.logs.map((log) => decodeTokenEvent(log, token))).toEqual([events[5]]);
  });

  test('args: where', async () => {
    const { client, token, mpe, payer } = chain;
    const scan = scanTokenEvents(client, {
      ...{ token, fromBlock: 0n, types: ['Transfer'] },
      where: { from: zeroAddress, to: [payer.address, mpe] },
    });
    expect(withoutPosition(await collect(scan))).toEqual([
      { type: 'Transfer', from: zeroAddress, to: payer.address, value: 1_000_000n },
    ]);
  });
});

test('behavior: logs of one receipt, each read by the contract it belongs to', async () => {
  const { client, mpe, token, payer } = chain;
  const { receipt } = await deposit(client, payer, { mpe, token, amount: 1n });
  expect(receipt.logs.map((log) => decodeTokenEvent(log, token)?.type)).toEqual([
    'Transfer',
    'Approval',
    undefined,
  ]);
  expect(receipt.logs.map((log) => decodeEscrowEvent(log, mpe)?.type)).toEqual([
    undefined,
    undefined,
    'DepositFunds',
  ]);
});
