import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';
import { chooseCodec } from './choose-codec.ts';
import type { ServiceClient } from './service-client.ts';

const protos = new Map([
  [
    'sums.proto',
    `syntax = "proto3"; package sums;
service Sums { rpc Add(Pair) returns (Sum); rpc Count(Pair) returns (stream Sum); }
message Pair { int64 first_number = 1; int64 second_number = 2; string spare_text = 3; }
message Sum { int64 total_sum = 1; bytes raw_data = 2; }`,
  ],
]);
const requests: { contentType: unknown; body: string }[] = [];
let network: TestNetwork;
let service: ServiceClient;

/** A service whose gRPC messages are JSON text, as that of a provider who never saw protobuf. */
const server = createServer();
server.on('stream', async (stream: ServerHttp2Stream, headers) => {
  const body = (await buffer(stream)).subarray(5).toString();
  requests.push({ contentType: headers['content-type'], body });
  const { first_number: first, second_number: second } = JSON.parse(body);
  const times = headers[':path'] === '/sums.Sums/Count' ? 2 : 1;
  const reply = { total_sum: String(BigInt(first) + BigInt(second)), raw_data: 'AQI=', more: 1 };
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc+json' },
    { waitForTrailers: true },
  );
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  for (let time = 0; time < times; time += 1) stream.write(frame(JSON.stringify(reply)));
  stream.end();
});

function frame(text: string): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(Buffer.byteLength(text), 1);
  return Buffer.concat([head, Buffer.from(text)]);
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const serviceEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  network = await startNetwork({ serviceEndpoint, protos, encoding: 'json' });
  const ids = { organizationId: 'local', serviceId: 'text' };
  service = await network.createEngine().createServiceClient(ids);
});

afterAll(async () => {
  await network?.[Symbol.asyncDispose]();
  server.close();
});

test('default: messages are JSON with the names of the protos; replies are the same objects', async () => {
  const reply = await service.call('Add', { firstNumber: 2n ** 60n, second_number: 1 });
  expect(reply).toEqual({ totalSum: 2n ** 60n + 1n, rawData: new Uint8Array([1, 2]) });
  expect(requests).toEqual([
    {
      contentType: 'application/grpc+json',
      body: '{"first_number":"1152921504606846976","second_number":"1"}',
    },
  ]);
  expect((await network.askDaemon(0n)).top).toBe(network.devnet.price);
});

test('behavior: streams, too', async () => {
  const totals: unknown[] = [];
  for await (const { totalSum } of service.serverStream('Count', {
    firstNumber: 1,
    secondNumber: 2,
  })) {
    totals.push(totalSum);
  }
  expect(totals).toEqual([3n, 3n]);
});

test('error: an encoding that nobody knows', () => {
  const registry = {} as Parameters<typeof chooseCodec>[1]['registry'];
  expect(() => chooseCodec('xml', { registry, place: 'ipfs://Qm' })).toThrow(
    [
      'The service wants unknown messages.',
      'Place: ipfs://Qm',
      'Expected: the encoding "proto" or "json"',
      'Found: "xml"',
    ].join('\n'),
  );
});
