import { bytesToHex, parseGroupId } from '@snetkit/core';
import { setFixedPrice } from '@snetkit/metadata';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';
import type { SnetEngine } from '../engine/snet-engine.ts';

const ids = { organizationId: 'local', serviceId: 'text' };
let network: TestNetwork;
let engine: SnetEngine;

beforeAll(async () => {
  network = await startNetwork({ daemonCommand: undefined, service: false });
  engine = network.createEngine();
  const { provider } = network.devnet.accounts;
  engine.addAccount({ name: 'provider', privateKey: provider.privateKey });
});

afterAll(() => network?.[Symbol.asyncDispose]());

test('default: escrow and token, by the names of the specification', async () => {
  const { client, provider } = network.devnet.accounts;
  const { mpeContract, tokenContract } = engine;
  const balance = await tokenContract.balanceOf({ account: client.address });
  await mpeContract.deposit({ amount: 7n });
  expect(await tokenContract.balanceOf({ account: client.address })).toBe(balance - 7n);
  expect(await mpeContract.balances({ account: client.address })).toBe(7n);
  const { channelId } = await mpeContract.openChannel({
    recipient: provider.address,
    groupId: bytesToHex(parseGroupId(network.devnet.groupId)),
    amount: 5n,
    expiration: 100_000n,
  });
  await mpeContract.channelAddFunds({ channelId, amount: 2n });
  expect(await mpeContract.channels({ channelId })).toMatchObject({
    value: 7n,
    sender: client.address,
  });
  const spender = network.devnet.contracts.mpe;
  await tokenContract.approve({ spender, amount: 11n });
  expect(await tokenContract.allowance({ owner: client.address, spender })).toBe(11n);
});

test('behavior: a document is read, edited, published, and named by the registry', async () => {
  const { metadataProvider, registryContract } = engine;
  const { document } = await metadataProvider.getServiceMetadata(ids);
  const { groupName } = network.devnet;
  const changed = setFixedPrice(document, { groupName, priceInCogs: 12_345n });
  const { uri } = await metadataProvider.publishServiceMetadata(changed);
  // The provider's organization: the first account may not do it.
  const refused = await catchError(() =>
    registryContract.updateServiceRegistration({ ...ids, metadataUri: uri }),
  );
  expect(refused.code).toBe('CONTRACT_REVERTED');
  await registryContract.updateServiceRegistration({
    ...ids,
    metadataUri: uri,
    account: 'provider',
  });
  expect(await registryContract.getServiceRegistrationById(ids)).toMatchObject({
    metadataUri: uri,
  });
  const { group } = await engine.getService(ids);
  expect(group.pricing).toEqual({ model: 'fixed_price', priceInCogs: 12_345n });
});

test('behavior: organizations and protos, too', async () => {
  const { metadataProvider, registryContract } = engine;
  expect(await registryContract.listOrganizations()).toEqual(['local']);
  const { document } = await metadataProvider.getOrganizationMetadata({ organizationId: 'local' });
  const { uri } = await metadataProvider.publishOrganizationMetadata(document);
  const organizationId = 'second';
  await registryContract.createOrganization({ organizationId, metadataUri: uri });
  expect(await registryContract.getOrganizationById({ organizationId })).toMatchObject({
    metadataUri: uri,
    owner: network.devnet.accounts.client.address,
  });
  const files = await metadataProvider.getProtoFiles(ids);
  const { apiSource } = await engine.getService(ids);
  expect((await metadataProvider.publishProtoFiles(files)).uri).toBe(apiSource);
});

test('error: an engine without accounts reads, and sends nothing', async () => {
  const reader = network.createEngine({ accounts: [] });
  expect(await reader.registryContract.listServicesForOrganization(ids)).toEqual(['text']);
  const error = await catchError(() => reader.mpeContract.withdraw({ amount: 1n }));
  expect(error.message).toBe('The engine has no account.');
});
