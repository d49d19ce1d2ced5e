import { expect, test } from 'vitest';
import { startCallCounter, startRpcCounter } from '../counting-proxies.ts';
import { startNetwork } from '../start-network.ts';

test('behavior: a warm paid call asks the chain nothing, and the daemon nothing but the call', async () => {
  await using network = await startNetwork();
  await using rpc = await startRpcCounter(network.devnet.rpcUrl);
  await using daemon = await startCallCounter(network.devnet.endpoint);
  const engine = network.createEngine({ rpcUrl: rpc.url, funding: { callsAhead: 1_000n } });
  const service = await engine.createServiceClient({
    organizationId: 'local',
    serviceId: 'text',
    endpoint: daemon.url,
  });
  const text = { text: 'Guten Morgen' };
  await service.call('Detect', text);
  // The first call did ask: the counters count.
  expect(rpc.passed).toContain('eth_sendRawTransaction');
  expect(daemon.passed).toEqual([
    '/grpc.health.v1.Health/Check',
    '/escrow.PaymentChannelStateService/GetChannelState',
    '/text.v1.TextService/Detect',
  ]);

  rpc.passed.length = 0;
  daemon.passed.length = 0;
  for (let index = 0; index < 100; index += 1) await service.call('Detect', text);
  await Promise.all(Array.from({ length: 100 }, () => service.call('Detect', text)));
  expect(rpc.passed).toEqual([]);
  expect(daemon.passed).toEqual(Array(200).fill('/text.v1.TextService/Detect'));
  expect((await network.askDaemon(0n)).top).toBe(201n * network.devnet.price);
});
