import type { DescMethod } from '@bufbuild/protobuf';
import { deriveTestAccount } from '@snetkit/devnet';
import { ConfigurationService } from '@snetkit/protos/configuration';
import { ProviderControlService } from '@snetkit/protos/control';
import { Health } from '@snetkit/protos/health';
import { FreeCallStateService, PaymentChannelStateService } from '@snetkit/protos/state';
import { TokenService } from '@snetkit/protos/token';
import { Daemon } from '@snetkit/protos/training';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RpcProxy, startRpcProxy } from '../chain/rpc-proxy.ts';
import { frame } from '../harness/grpc-call.ts';
import { openPayingChannel, type PayingChannel } from '../harness/paying-channel.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';
import { hostileMessage } from './hostile-message.ts';
import { createRandomSource } from './random-source.ts';
import { type ByteSender, createByteSender } from './send-bytes.ts';

const methods: readonly DescMethod[] = [
  PaymentChannelStateService,
  FreeCallStateService,
  ProviderControlService,
  TokenService,
  ConfigurationService,
  Daemon,
  Health,
].flatMap((service) => service.methods);
const freeCallKey = deriveTestAccount(7);
const secrets = {
  rpc: 'rpc-secret-path-0123456789',
  token: 'prepaid-secret-of-at-least-32-bytes-0123456789',
};
const maxBytes = 2 ** 20;
const runs = 60;

let network: TestNetwork;
let proxy: RpcProxy;
let daemon: StartedSnetd;
let channel: PayingChannel;
let sender: ByteSender;

beforeAll(async () => {
  network = await startTestNetwork({
    freeCalls: { calls: 3, signer: freeCallKey.address },
  });
  proxy = await startRpcProxy(network.devnet.rpcUrl);
  daemon = await network.start({
    ethereum_json_rpc_http_endpoint: `${proxy.rpcUrl}/${secrets.rpc}`,
    max_message_size_in_mb: 1,
    authentication_addresses: [deriveTestAccount(8).address],
    private_key_for_free_calls: freeCallKey.privateKey.slice(2),
    token_secret_key: secrets.token,
  });
  channel = await openPayingChannel(network.devnet);
  sender = createByteSender(daemon.endpoint);
});
afterAll(async () => {
  sender?.close();
  await network?.stop();
  await proxy?.[Symbol.asyncDispose]();
});

/** What no text of a refusal may have in it. */
function expectHarmless(text: string): void {
  expect(text).not.toMatch(/\w+:\/\/|\/(work|home|tmp|root|usr)\/|node_modules|\bat .*:\d+:\d+/);
  expect(text).not.toMatch(/[0-9a-f]{64}/i);
  for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
  expect(text).not.toContain(freeCallKey.privateKey.slice(2));
  // Whatever was sent does not come back at full length.
  expect(text.length).toBeLessThan(1_000);
}

const bodies: readonly (readonly [name: string, body: Uint8Array])[] = [
  ['nothing at all', new Uint8Array()],
  ['an empty message', frame(new Uint8Array())],
  ['half a frame head', Buffer.from([0, 0, 0])],
  ['a message that is cut off', Buffer.from([0, 0, 0, 0, 200, 1, 2])],
  ['a frame that says 4 GiB', Buffer.from([0, 255, 255, 255, 255])],
  ['a message over the limit', frame(Buffer.alloc(maxBytes + 1))],
  ['unknown flags', Buffer.from([3, 0, 0, 0, 1, 0])],
  ['compressed, with nothing to undo it', Buffer.from([1, 0, 0, 0, 2, 8, 1])],
  ['a field that is longer than the message', frame(Buffer.from([0x0a, 0xff, 0xff, 0xff, 0x7f]))],
  ['a varint without an end', frame(Buffer.alloc(40, 0xff))],
  ['groups within groups', frame(Buffer.alloc(10_000, 0x0b))],
  ['messages within messages', frame(nest(5_000))],
  ['two messages', Buffer.concat([frame(new Uint8Array()), frame(new Uint8Array())])],
];

/** A message in field 1 of a message in field 1 ... */
function nest(depth: number): Uint8Array {
  let bytes = Buffer.alloc(0);
  for (let level = 0; level < depth && bytes.length < 20_000; level += 1) {
    const head = [0x0a];
    for (let rest = bytes.length; ; rest >>>= 7) {
      head.push(rest > 127 ? (rest & 127) | 128 : rest);
      if (rest <= 127) break;
    }
    bytes = Buffer.concat([Buffer.from(head), bytes]);
  }
  return bytes;
}

test.each(methods.map((method) => [`${method.parent.typeName}/${method.name}`, method] as const))(
  'behavior: %s answers whatever it gets, and gives nothing away',
  async (name, method) => {
    const path = `/${name}`;
    const seed = 7;
    const random = createRandomSource(seed);
    const all = [...bodies];
    for (let run = 0; run < runs; run += 1) {
      all.push([`seed ${seed}, run ${run}`, frame(hostileMessage(method.input, random))]);
      all.push([`seed ${seed}, run ${run}, bytes`, frame(random.bytes(random.below(400)))]);
    }
    for (const [what, body] of all) {
      const { status, message, hasMessage } = await sender.send(path, body); // Watch is left as soon as it has told something.
      const isTold = status !== undefined || (name.endsWith('/Watch') && hasMessage);
      expect([what, isTold]).toEqual([what, true]);
      expectHarmless(message);
    }
    expect(await channel.pay(daemon.endpoint)).toEqual({ status: 0, message: '' });
  },
);

/** An HTTP/1.1 request; a connection that was cut off with the request before is replaced, as browsers do. */
async function post(
  path: string,
  body: Uint8Array,
  contentType: string,
): Promise<Response | undefined> {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    try {
      return await fetch(daemon.endpoint + path, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-type': contentType },
        ...(path.endsWith('/Watch') && { signal: AbortSignal.timeout(300) }),
      });
    } catch (cause) {
      if (!path.endsWith('/Watch') && attempt === 2) throw cause;
    }
  }
  return undefined;
}

test.each(['application/grpc-web+proto', 'application/grpc-web-text'])(
  'behavior: the same over HTTP/1.1 as %s',
  async (contentType) => {
    const random = createRandomSource(11);
    for (const method of methods) {
      const hostile = [1, 2, 3].map(() => frame(hostileMessage(method.input, random)));
      // One that is answered before all of it has come costs its connection here.
      const whole = bodies.filter(([, body]) => body.length < maxBytes).map(([, body]) => body);
      for (const body of [...whole, ...hostile]) {
        const path = `/${method.parent.typeName}/${method.name}`;
        const response = await post(path, body, contentType);
        // A watcher's answer does not end by itself.
        if (response === undefined) expect(method.name).toBe('Watch');
        if (response === undefined) continue;
        expect(response.status).toBeLessThan(500);
        expectHarmless(decodeURIComponent(response.headers.get('grpc-message') ?? ''));
        await response.body?.cancel();
      }
    }
    expect(await channel.pay(daemon.endpoint)).toEqual({ status: 0, message: '' });
  },
);

test('behavior: requests over the limit leave nothing behind on their connection', async () => {
  const path = '/escrow.TokenService/GetToken';
  const body = frame(Buffer.alloc(maxBytes + 1));
  // More than one connection may hold, if each left its bytes.
  for (let request = 0; request < 100; request += 1) {
    expect(await sender.send(path, body)).toMatchObject({ status: 8 });
  }
  expect(sender.connections).toBe(1);
});

test('error: a method that no service has, and a service that is nearly one of its own', async () => {
  const { typeName } = ConfigurationService;
  expect(await sender.send(`/${typeName}/Nothing`, frame(new Uint8Array()))).toMatchObject({
    status: 12,
    message: 'unknown method Nothing for service configuration_service.ConfigurationService',
  });
  // A call of the service behind, and one that is not paid.
  const other = await sender.send(`/${typeName}2/GetConfiguration`, frame(new Uint8Array()));
  expect(other).toMatchObject({ status: 3, message: 'missing "snet-payment-channel-id"' });
});

test('behavior: after all this the process is the same, and the log tells of no fault', async () => {
  expect(daemon.child.exitCode).toBe(null);
  expect((await fetch(`${daemon.endpoint}/heartbeat`)).status).toBe(200);
  expect(daemon.lines.filter(({ event }) => event === 'fault')).toEqual([]);
  expect(daemon.stderr()).toBe('');
  expect(JSON.stringify(daemon.lines)).not.toContain(secrets.rpc);
});
