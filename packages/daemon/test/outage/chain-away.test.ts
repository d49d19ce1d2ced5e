import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { Health, HealthCheckResponse_ServingStatus as Status } from '@snetkit/protos/health';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type RpcProxy, startRpcProxy } from '../chain/rpc-proxy.ts';
import { askChannelState } from '../harness/ask-channel-state.ts';
import { mine } from '../harness/mine.ts';
import { openPayingChannel } from '../harness/paying-channel.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';

const secret = 'key-of-the-provider-0123456789';
const served = { status: 0, message: '' };
const soon = { timeout: 20_000 };

let network: TestNetwork;
let proxy: RpcProxy;
let daemon: StartedSnetd;

beforeAll(async () => {
  network = await startTestNetwork();
  proxy = await startRpcProxy(network.devnet.rpcUrl);
  daemon = await network.start({
    ethereum_json_rpc_http_endpoint: `${proxy.rpcUrl}/v3/${secret}`,
    block_poll_interval: '50ms',
    chain_request_timeout: '2s',
    // Twenty blocks more than the threshold are sure for a second.
    fastest_block_time: '50ms',
  });
});
afterEach(() => {
  proxy.rule = 'forward';
});
afterAll(async () => {
  await network?.stop();
  await proxy?.[Symbol.asyncDispose]();
});

test.each(['refuse', 'hang', 'limit'] as const)(
  'behavior: a node that answers "%s": known channels pay while that is safe, and all is well when it is back',
  async (rule) => {
    const { devnet } = network;
    const long = await openPayingChannel(devnet);
    const short = await openPayingChannel(devnet, {
      lifetime: devnet.paymentExpirationThreshold + 25n,
    });
    const unmet = await openPayingChannel(devnet);
    expect(await long.pay(daemon.endpoint)).toEqual(served);
    expect(await short.pay(daemon.endpoint)).toEqual(served);
    const before = daemon.lines.length;

    proxy.rule = rule;
    expect(await long.pay(daemon.endpoint)).toEqual(served);
    await vi.waitFor(
      async () =>
        expect(await short.pay(daemon.endpoint)).toEqual({
          status: 13,
          message: 'cannot determine current block',
        }),
      soon,
    );
    expect(await long.pay(daemon.endpoint)).toEqual(served);
    // A channel that was opened before the outage may have been seen in an event; of one that nobody can
    // have opened the node would have to tell.
    const unknown = await askChannelState(devnet, {
      endpoint: daemon.endpoint,
      channelId: 1_000_000n,
    });
    expect(unknown).toEqual({ status: 2, message: 'channel error:the chain cannot be read' });

    proxy.rule = 'forward';
    await vi.waitFor(async () => expect(await short.pay(daemon.endpoint)).toEqual(served), soon);
    expect(await unmet.pay(daemon.endpoint)).toEqual(served);
    expect(await long.pay(daemon.endpoint)).toEqual(served);
    const { reply } = await askChannelState(devnet, { ...daemon, channelId: long.channelId });
    expect(BigInt(`0x${Buffer.from(reply?.currentSignedAmount ?? []).toString('hex')}`)).toBe(
      long.amount,
    );
    const told = JSON.stringify(daemon.lines.slice(before)) + daemon.stderr();
    expect(told).not.toContain(secret);
    expect(await health()).toBe(Status.SERVING);
  },
);

test('behavior: a channel whose end came while the node was away is refused when it is back', async () => {
  const { devnet } = network;
  const short = await openPayingChannel(devnet, {
    lifetime: devnet.paymentExpirationThreshold + 25n,
  });
  expect(await short.pay(daemon.endpoint)).toEqual(served);
  proxy.rule = 'refuse';
  await mine(devnet.rpcUrl, 30);
  // Not known here, and not served on trust for longer than the fastest chain would allow.
  await vi.waitFor(
    async () => expect(await short.pay(daemon.endpoint)).toMatchObject({ status: 13 }),
    soon,
  );
  proxy.rule = 'forward';
  await vi.waitFor(
    async () =>
      expect(await short.pay(daemon.endpoint)).toEqual({
        status: 16,
        message: expect.stringMatching(/^payment channel is near to be expired, /),
      }),
    soon,
  );
});

async function health(): Promise<Status> {
  const transport = createGrpcTransport({ baseUrl: daemon.endpoint, defaultTimeoutMs: 10_000 });
  return (await createClient(Health, transport).check({})).status;
}
