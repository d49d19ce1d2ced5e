import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { type JsonServer, startJsonServer } from './backends/json-server.ts';

const protos = new Map([
  [
    'ledger.proto',
    `syntax = "proto3"; package ledger;
import "google/api/annotations.proto";
import "pricing.proto";
service Ledger {
  rpc Get(Account) returns (Balance) {
    option (google.api.http) = { get: "/accounts/{id}" };
    option (pricing.my_method_option).estimatePriceMethod = "/ledger.Ledger/Price";
  }
  rpc Price(Account) returns (pricing.PriceInCogs);
}
message Account { uint64 id = 1; }
message Balance { repeated uint64 entries = 1; }`,
  ],
]);

/** More than a double can tell apart. */
const price = 2n ** 53n + 1n;

let server: JsonServer;
let network: PaidNetwork;
const got: string[] = [];

beforeAll(async () => {
  server = await startJsonServer(({ request, text }, response) => {
    got.push(`${request.method} ${request.url} ${text}`);
    if (request.url === '/Price') response.end(`{"price": ${price}}`);
    else response.end('{"entries": [18446744073709551615, 9007199254740993]}');
  });
  network = await startPaidNetwork({
    serviceEndpoint: server.endpoint,
    serviceType: 'http',
    encoding: 'json',
    protos,
    daemonConfig: { enable_dynamic_pricing: true },
  });
});
afterAll(async () => {
  await network?.stop();
  await server?.stop();
});

test('default: an HTTP service with JSON messages that tells its price, all to the last digit', async () => {
  const channelId = await network.openChannel({ calls: 100n });
  const message = Buffer.from('{"id": 18446744073709551615}');
  const headers = await network.pay({ channelId, amount: price });
  const answer = await network.call('/ledger.Ledger/Get', headers, message);
  expect(`${answer.status} ${answer.message}`).toBe('0 ');
  expect(answer.messages.join()).toBe('{"entries": [18446744073709551615, 9007199254740993]}');
  expect(got).toEqual([
    'POST /Price {"id": 18446744073709551615}',
    'GET /accounts/18446744073709551615 ',
  ]);
  expect((await network.getState(channelId)).amount).toBe(price);
});

test('error: a price that is paid wrongly by one cog', async () => {
  const channelId = await network.openChannel({ calls: 100n });
  const headers = await network.pay({ channelId, amount: price - 1n });
  const { status, message } = await network.call('/ledger.Ledger/Get', headers, Buffer.from('{}'));
  expect(`${status} ${message}`).toBe(`16 income ${price - 1n} does not equal to price ${price}`);
});
