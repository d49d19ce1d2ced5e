import { randomBytes } from 'node:crypto';
import { Code, type ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import {
  createChainClient,
  depositAndOpenChannel,
  getBlockNumber,
  privateKeySigner,
} from '@snetkit/contracts';
import {
  bigintToBytes,
  bytesToHex,
  encodeEscrowHeaders,
  packClaimMessage,
  packGetChannelStateMessage,
  parseGroupId,
  uint256ToBytes,
} from '@snetkit/core';
import type { Devnet } from '@snetkit/devnet';
import { ConfigurationService } from '@snetkit/protos/configuration';
import { Health, HealthCheckResponse_ServingStatus as Status } from '@snetkit/protos/health';
import { PaymentChannelStateService } from '@snetkit/protos/state';
import { Daemon } from '@snetkit/protos/training';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectRaw } from '../test/harness/grpc-call.ts';
import type { StartedSnetd } from '../test/shell/start-snetd.ts';
import {
  callDetect,
  startTestNetwork,
  type TestNetwork,
} from '../test/shell/start-test-network.ts';

let network: TestNetwork;
let devnet: Devnet;
let daemon: StartedSnetd;

beforeAll(async () => {
  network = await startTestNetwork();
  ({ devnet } = network);
  daemon = await network.start({ metrics_endpoint: '127.0.0.1:0' });
});

afterAll(() => network?.stop());

test('default: listens, tells where and with which drivers, and answers plain HTTP', async () => {
  const listening = await daemon.waitForEvent('listening');
  expect(listening).toMatchObject({
    level: 'info',
    organizationId: devnet.organizationId,
    serviceId: devnet.serviceId,
    keccak: 'hash-wasm',
  });
  expect(daemon.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d+$/);
  const heartbeat = await fetch(`${daemon.endpoint}/heartbeat`);
  expect(await heartbeat.json()).toMatchObject({
    status: 'Online',
    blockchainEnabled: true,
    blockchainNetwork: 'devnet',
  });
  expect(await (await fetch(`${daemon.endpoint}/encoding`)).text()).toBe('proto\n');
  expect((await fetch(`${daemon.endpoint}/other`)).status).toBe(404);
});

test('default: health is that of the service', async () => {
  const transport = createGrpcTransport({ baseUrl: daemon.endpoint });
  expect((await createClient(Health, transport).check({})).status).toBe(Status.SERVING);
});

test('default: a paid call is served, and the state tells of it', async () => {
  const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
  const signer = privateKeySigner(devnet.accounts.client.privateKey);
  const { mpe, token } = devnet.contracts;
  const block = await getBlockNumber(chain);
  const { channelId } = await depositAndOpenChannel(chain, signer, {
    mpe,
    token,
    signer: signer.address,
    recipient: devnet.accounts.provider.address,
    groupId: bytesToHex(parseGroupId(devnet.groupId)),
    amount: devnet.price * 10n,
    expiration: block + 100_000n,
  });
  const states = createClient(
    PaymentChannelStateService,
    createGrpcTransport({ baseUrl: daemon.endpoint }),
  );
  const getState = async (id: bigint, at: bigint) =>
    states.getChannelState({
      channelId: bigintToBytes(id),
      signature: await signer.signMessage(
        packGetChannelStateMessage({ mpe, channelId: id, block: at }),
      ),
      currentBlock: at,
    });
  const refusal = async (id: bigint, at: bigint) => {
    const error = await getState(id, at).catch((cause: unknown) => cause);
    expect((error as ConnectError).code).toBe(Code.Unknown);
    return (error as ConnectError).rawMessage;
  };

  const now = await getBlockNumber(chain);
  expect((await getState(channelId, now)).currentSignedAmount).toHaveLength(0);
  const payment = { channelId, nonce: 0n, amount: devnet.price };
  const signature = await signer.signMessage(packClaimMessage({ mpe, ...payment }));
  const headers = encodeEscrowHeaders({ ...payment, signature }).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : Buffer.from(value).toString('base64'),
  ]);
  expect(await callDetect(daemon.endpoint, Object.fromEntries(headers))).toMatchObject({
    status: 0,
  });
  expect(await getState(channelId, now)).toMatchObject({
    currentNonce: uint256ToBytes(0n),
    currentSignedAmount: uint256ToBytes(devnet.price),
    currentSignature: signature,
    maxInFlight: 64,
  });
  expect(await refusal(channelId, now + 1_000n)).toBe(
    'authentication failed as the signature passed has expired',
  );
  expect(await refusal(channelId + 100n, now)).toBe(
    `channel is not found, channelId: ${channelId + 100n}`,
  );
});

test('error: calls without a payment, and with one of an unknown kind, are refused', async () => {
  expect(await callDetect(daemon.endpoint)).toMatchObject({
    status: 3,
    message: 'missing "snet-payment-channel-id"',
  });
  expect(await callDetect(daemon.endpoint, { 'snet-payment-type': 'barter' })).toMatchObject({
    status: 3,
    message: 'unexpected "snet-payment-type", value: "barter"',
  });
});

test('behavior: hostile requests to every own method leave it alive', async () => {
  const paths = [PaymentChannelStateService, Health, ConfigurationService, Daemon].flatMap(
    ({ typeName, methods }) => methods.map(({ name }) => `/${typeName}/${name}`),
  );
  const bodies = [new Uint8Array(0), Buffer.from([0x0a, 0xff, 0xff, 0x0f]), randomBytes(300)];
  const raw = await connectRaw(daemon.endpoint);
  // A watcher is answered until it leaves: its stream ends with the connection.
  const answered = paths.filter((path) => !path.endsWith('/Watch'));
  await Promise.all(answered.flatMap((path) => bodies.map((body) => raw.call(path, {}, body))));
  await raw.close();
  expect((await fetch(`${daemon.endpoint}/heartbeat`)).status).toBe(200);
  expect(daemon.lines.filter(({ event }) => event === 'fault')).toEqual([]);
});

test('behavior: counters are told on the metrics port, and only there', async () => {
  const { url } = await daemon.waitForEvent('metrics');
  const metrics = await (await fetch(String(url))).text();
  expect(metrics).toMatch(/^snetd_calls_total [1-9]/m);
  expect(metrics).toMatch(/^snetd_chain_requests_total\{method="eth_chainId"\} 1$/m);
  expect((await fetch(`${daemon.endpoint}/metrics`)).status).toBe(404);
});

test('behavior: without the blockchain calls are passed on unpaid, without what could be spent elsewhere', async () => {
  const unpaid = await network.start({
    blockchain_enabled: false,
    ethereum_json_rpc_http_endpoint: 'http://127.0.0.1:1',
    ipfs_endpoint: 'http://127.0.0.1:1',
  });
  try {
    expect(await callDetect(unpaid.endpoint)).toMatchObject({ status: 0 });
    const heartbeat = await fetch(`${unpaid.endpoint}/heartbeat`);
    expect(await heartbeat.json()).toMatchObject({ blockchainEnabled: false });

    const raw = await connectRaw(unpaid.endpoint);
    const secrets = {
      'snet-payment-channel-signature-bin': 'AAAA',
      'snet-free-call-auth-token-bin': 'AAAA',
      'snet-prepaid-auth-token-bin': 'AAAA',
    };
    // EchoRequest { with_metadata: true }
    const seen = await raw.call(
      '/text.v1.TextService/Echo',
      { 'snet-payment-channel-id': '42', ...secrets },
      Buffer.from([0x10, 1]),
    );
    await raw.close();
    expect(String(seen.messages[0])).toContain('snet-payment-channel-id');
    for (const name of Object.keys(secrets)) expect(String(seen.messages[0])).not.toContain(name);
  } finally {
    await unpaid.stop();
  }
});
