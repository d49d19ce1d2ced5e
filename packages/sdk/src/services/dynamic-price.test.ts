import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { create, type DescService } from '@bufbuild/protobuf';
import type { ServiceImpl } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { compileProtos, findMethod } from '@snetkit/protos';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';

const ids = { organizationId: 'local', serviceId: 'text' };
const protos = new Map([
  [
    'draw.proto',
    `syntax = "proto3"; package art; import "pricing.proto";
service Draw {
  rpc Picture(Order) returns (Done) {
    option (pricing.my_method_option).estimatePriceMethod = "/art.Draw/Price";
  }
  rpc Lost(Order) returns (Done) {
    option (pricing.my_method_option).estimatePriceMethod = "/art.Draw/Nothing";
  }
  rpc Price(Order) returns (pricing.PriceInCogs);
  rpc Sketch(Order) returns (Done);
}
message Order { uint64 pixels = 1; }
message Done { uint64 pixels = 1; }`,
  ],
]);
const registry = compileProtos(protos);
const draw = findMethod(registry, 'Picture').parent as DescService;
const answer = (name: string, field: string, factor: bigint) => (order: unknown) => {
  const { pixels } = order as { pixels: bigint };
  return create(findMethod(registry, name).output, { [field]: pixels * factor });
};
const server = createServer(
  connectNodeAdapter({
    routes: ({ service }) => {
      const methods = {
        picture: answer('Picture', 'pixels', 1n),
        sketch: answer('Sketch', 'pixels', 1n),
        price: answer('Price', 'price', 1_000n),
      };
      service(draw, methods as unknown as ServiceImpl<DescService>);
    },
  }),
);
let network: TestNetwork;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  network = await startNetwork({
    serviceEndpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    protos,
    price: 500n,
    daemonConfig: { enable_dynamic_pricing: true },
  });
});

afterAll(async () => {
  await network?.[Symbol.asyncDispose]();
  server.close();
});

/** What the daemon has charged in all: gaps below the top are not charged. */
async function charged(): Promise<bigint> {
  const { top, open } = await network.askDaemon(0n);
  return open.reduce((sum, { from, to }) => sum - (to - from), top);
}

async function spent(run: () => Promise<unknown>): Promise<bigint> {
  const before = await charged();
  await run();
  return (await charged()) - before;
}

test('default: each call is paid what the service tells for it, and nothing for asking', async () => {
  const service = await network
    .createEngine()
    .createServiceClient({ ...ids, maxPrice: 10_000n, funding: { callsAhead: 100n } });
  await service.call('Sketch', { pixels: 1 });
  expect(await spent(() => service.call('Picture', { pixels: 3 }))).toBe(3_000n);
  expect(service.getPrice('Picture')).toBe(3_000n);
  expect(await spent(() => service.call('Picture', { pixels: 7 }))).toBe(7_000n);
  // A daemon that takes many at once takes less than what was signed, and leaves the rest open.
  expect(await spent(() => service.call('Picture', { pixels: 2 }))).toBe(2_000n);
});

test('behavior: calls of many prices run at once, and each is answered', async () => {
  const service = await network.createEngine().createServiceClient({ ...ids, maxPrice: 10_000n });
  const orders = Array.from({ length: 12 }, (_, index) => ({ pixels: BigInt(index % 4) + 1n }));
  const replies = await Promise.all(orders.map((order) => service.call('Picture', order)));
  expect(replies).toEqual(orders);
});

test('behavior: a quote asks the method that the protos name, at the price of that method', async () => {
  const service = await network.createEngine().createServiceClient({ ...ids, maxPrice: 10_000n });
  let price: bigint | undefined;
  const cost = await spent(async () => {
    price = await service.quotePrice('Picture', { pixels: 4 });
  });
  expect([price, cost]).toEqual([4_000n, 500n]);
  // Nobody is asked for what is published.
  expect(await spent(() => service.quotePrice('Sketch', { pixels: 4 }))).toBe(0n);
});

test('error: more than the limit allows; without one, more than is published', async () => {
  const engine = network.createEngine();
  for (const [limit, shown] of [
    [2_000n, '0.000000000000002 FET'],
    [undefined, '0.0000000000000005 FET'],
  ] as const) {
    const service = await engine.createServiceClient({ ...ids, maxPrice: limit });
    const cost = await spent(async () => {
      const error = await catchError(() => service.call('Picture', { pixels: 3 }));
      expect(error.message).toContain('The call costs more than the limit allows');
      expect(error.expected).toBe(`at most ${shown}`);
      expect(error.found).toBe('0.000000000000003 FET');
    });
    expect(cost).toBe(0n);
  }
});

test('error: the protos name a method that is not there', async () => {
  const service = await network.createEngine().createServiceClient(ids);
  const error = await catchError(() => service.quotePrice('Lost', { pixels: 3 }));
  expect(error.message).toBe(
    [
      'The method that would tell the price cannot be asked.',
      'Place: /art.Draw/Lost',
      'Expected: a unary method that takes art.Order and gives pricing.PriceInCogs',
      'Found: "/art.Draw/Nothing"',
    ].join('\n'),
  );
});
