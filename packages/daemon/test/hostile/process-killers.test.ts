import { create, toBinary } from '@bufbuild/protobuf';
import {
  createChainClient,
  getBlockNumber,
  getOrganization,
  getService,
  privateKeySigner,
  updateOrganization,
  updateService,
} from '@snetkit/contracts';
import { formatStorageUri, packFreeCallTokenRequest, parseStorageUri } from '@snetkit/core';
import { deriveTestAccount } from '@snetkit/devnet';
import { GetFreeCallTokenRequestSchema } from '@snetkit/protos/state';
import { CommonRequestSchema, MethodMetadataRequestSchema } from '@snetkit/protos/training';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RpcProxy, startRpcProxy } from '../chain/rpc-proxy.ts';
import { connectRaw, type GrpcAnswer } from '../harness/grpc-call.ts';
import { openPayingChannel, type PayingChannel } from '../harness/paying-channel.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';

// What ends the process of the official daemon (daemon.md 00 and 10.4, item 15): none of it may end ours,
// or leave a channel that cannot pay.

const freeCallKey = deriveTestAccount(7);
const empty = new Uint8Array();

let network: TestNetwork;
let proxy: RpcProxy;
let daemon: StartedSnetd;
let channel: PayingChannel;

beforeAll(async () => {
  network = await startTestNetwork({ freeCalls: { calls: 3, signer: freeCallKey.address } });
  proxy = await startRpcProxy(network.devnet.rpcUrl);
  daemon = await network.start({
    ethereum_json_rpc_http_endpoint: proxy.rpcUrl,
    authentication_addresses: [deriveTestAccount(8).address],
    private_key_for_free_calls: freeCallKey.privateKey.slice(2),
    chain_request_timeout: '500ms',
  });
});
beforeEach(async () => {
  channel = await openPayingChannel(network.devnet);
  expect(await channel.pay(daemon.endpoint)).toEqual({ status: 0, message: '' });
});
afterEach(async () => {
  proxy.rule = 'forward';
  expect(await channel.pay(daemon.endpoint)).toEqual({ status: 0, message: '' });
  expect(daemon.child.exitCode).toBe(null);
  expect(daemon.lines.filter(({ event }) => event === 'fault')).toEqual([]);
});
afterAll(async () => {
  await network?.stop();
  await proxy?.[Symbol.asyncDispose]();
});

async function send(
  path: string,
  body: Uint8Array,
  headers: Awaited<ReturnType<PayingChannel['sign']>> = {},
): Promise<Pick<GrpcAnswer, 'status' | 'message'>> {
  const raw = await connectRaw(daemon.endpoint);
  try {
    const { status, message } = await raw.call(path, headers, body);
    return { status, message };
  } finally {
    await raw.close();
  }
}

test.each([
  'GetConfiguration',
  'UpdateConfiguration',
  'StopProcessingRequests',
  'StartProcessingRequests',
  'IsDaemonProcessingRequests',
])('error: an empty request to ConfigurationService/%s', async (method) => {
  const path = `/configuration_service.ConfigurationService/${method}`;
  expect(await send(path, empty)).toEqual({
    status: 2,
    message: 'unauthorized access, the request carries no auth',
  });
});

test.each(['train_model', 'validate_model'])(
  'error: training.Daemon/%s with a valid payment and an unknown model, training switched off',
  async (method) => {
    const body = toBinary(
      CommonRequestSchema,
      create(CommonRequestSchema, { modelId: 'no-such-model' }),
    );
    const headers = await channel.sign();
    const paid = {
      ...headers,
      'snet-payment-type': 'train-call',
      'snet-train-model-id': 'no-such-model',
    };
    const { status, message } = await send(`/training.Daemon/${method}`, body, paid);
    expect({ status, message }).toEqual({
      status: 13,
      message: 'internal error: [trainUnaryValidator] no training model found',
    });
    const without = { ...headers, 'snet-payment-type': 'train-call' };
    expect(await send(`/training.Daemon/${method}`, body, without)).toMatchObject({ status: 13 });
  },
);

test('error: training.Daemon/get_method_metadata of an unknown model', async () => {
  const request = create(MethodMetadataRequestSchema, { modelId: 'no-such-model' });
  const body = toBinary(MethodMetadataRequestSchema, request);
  expect(await send('/training.Daemon/get_method_metadata', body)).toMatchObject({ status: 2 });
});

test('error: training.Daemon/create_model without a model', async () => {
  expect(await send('/training.Daemon/create_model', empty)).toMatchObject({ status: 2 });
});

test('error: the node fails between the block reads of GetFreeCallToken', async () => {
  const { devnet } = network;
  const signer = privateKeySigner(devnet.accounts.client.privateKey);
  const { organizationId, serviceId, groupId } = devnet;
  const block = await getBlockNumber(createChainClient({ rpcUrl: devnet.rpcUrl }));
  const { address } = signer;
  const signature = await signer.signMessage(
    packFreeCallTokenRequest({
      address,
      userId: undefined,
      organizationId,
      serviceId,
      groupId,
      block,
    }),
  );
  const body = toBinary(
    GetFreeCallTokenRequestSchema,
    create(GetFreeCallTokenRequestSchema, { address, signature, currentBlock: block }),
  );
  const path = '/escrow.FreeCallStateService/GetFreeCallToken';
  expect(await send(path, body)).toMatchObject({ status: 0 });
  for (const rule of ['refuse', 'hang', 'limit'] as const) {
    proxy.rule = rule;
    const { status, message } = await send(path, body);
    // Whoever was found rich enough a moment ago may be told so from memory.
    expect([0, 2]).toContain(status);
    expect(message).not.toMatch(/127\.0\.0\.1|http/);
  }
});

test('error: a service type that nobody knows stops the start with its place, and nothing else', async () => {
  const document = await changeService((text) =>
    text.replace(/"service_type":\s*"grpc"/, '"service_type":"carrier-pigeon"'),
  );
  try {
    const { code, stderr } = await network.failStart({});
    expect(code).toBe(2);
    expect(stderr).toMatch(/service_type/);
    expect(stderr).toMatch(/carrier-pigeon/);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  } finally {
    await document.restore();
  }
});

test('error: an organization without payment_expiration_threshold stops the start with its place', async () => {
  const document = await changeOrganization((text) =>
    text.replace(/"payment_expiration_threshold":\s*\d+,?/, ''),
  );
  try {
    const { code, stderr } = await network.failStart({});
    expect(code).toBe(1);
    expect(stderr).toMatch(/payment_expiration_threshold/);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  } finally {
    await document.restore();
  }
});

/** A document that is registered for now. */
interface ChangedDocument {
  restore(): Promise<void>;
}

async function changeService(edit: (text: string) => string): Promise<ChangedDocument> {
  const { devnet } = network;
  const { registry } = devnet.contracts;
  const { organizationId, serviceId } = devnet;
  const client = createChainClient({ rpcUrl: devnet.rpcUrl });
  const owner = privateKeySigner(devnet.accounts.provider.privateKey);
  const found = await getService(client, { registry, organizationId, serviceId });
  const before = found?.metadataUri ?? '';
  const register = (metadataUri: string) =>
    updateService(client, owner, { registry, organizationId, serviceId, metadataUri });
  await register(await publishChanged(before, edit));
  return { restore: async () => void (await register(before)) };
}

async function changeOrganization(edit: (text: string) => string): Promise<ChangedDocument> {
  const { devnet } = network;
  const { registry } = devnet.contracts;
  const { organizationId } = devnet;
  const client = createChainClient({ rpcUrl: devnet.rpcUrl });
  const owner = privateKeySigner(devnet.accounts.provider.privateKey);
  const found = await getOrganization(client, { registry, organizationId });
  const before = found?.metadataUri ?? '';
  const register = (metadataUri: string) =>
    updateOrganization(client, owner, { registry, organizationId, metadataUri });
  await register(await publishChanged(before, edit));
  return { restore: async () => void (await register(before)) };
}

/** Puts another text beside the one at a storage URI; returns where it is. */
async function publishChanged(uri: string, edit: (text: string) => string): Promise<string> {
  const { contentUrl, contentStore } = network.devnet;
  const { cid } = parseStorageUri(uri);
  const reply = await fetch(`${contentUrl}/api/v0/cat?arg=${cid}`, { method: 'POST' });
  const before = await reply.text();
  const after = edit(before);
  if (after === before) throw new Error('nothing was changed');
  return formatStorageUri({ scheme: 'ipfs', cid: await contentStore.put(Buffer.from(after)) });
}
