import { createServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';
import type { CallReceipt } from '../receipts/call-receipt.ts';

const ids = { organizationId: 'local', serviceId: 'text' };
let network: TestNetwork;
let reply: Uint8Array;
let asked = 0;

/** A service that answers whatever the test wants. */
const server = createServer();
server.on('stream', (stream: ServerHttp2Stream) => {
  asked += 1;
  stream.resume();
  const head = Buffer.alloc(5);
  head.writeUInt32BE(reply.length, 1);
  const headers = { ':status': 200, 'content-type': 'application/grpc' };
  stream.respond(headers, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(Buffer.concat([head, reply]));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const serviceEndpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  network = await startNetwork({ serviceEndpoint });
});

afterAll(async () => {
  await network?.[Symbol.asyncDispose]();
  server.close();
});

test.each<[string, Uint8Array, RegExp]>([
  ['no message of its type', new Uint8Array([0x0a, 2, 0x65, 0x6e]), /^parse binary: /],
  [
    'longer than allowed',
    new Uint8Array(2_000),
    /^message size 2000 is larger than configured readMaxBytes 1000$/,
  ],
])('error: a reply that is %s is paid once, and not asked for again', async (_, bytes, found) => {
  reply = bytes;
  asked = 0;
  const engine = network.createEngine();
  const receipts: CallReceipt[] = [];
  const service = await engine.createServiceClient({ ...ids, maxMessageBytes: 1_000 });
  const error = await catchError(() =>
    service.call('Detect', { text: 'a' }, { onReceipt: (one) => receipts.push(one) }),
  );
  expect(error.code).toBe('REPLY_UNREADABLE');
  expect(error.found).toMatch(found);
  expect(asked).toBe(1);
  expect(receipts).toMatchObject([{ charged: 'yes', error: 'REPLY_UNREADABLE' }]);
  // Nothing is in doubt: the next call is served at once.
  reply = new Uint8Array();
  expect(await service.call('Detect', { text: 'a' })).toEqual({});
});
