import { gunzipSync, gzipSync } from 'node:zlib';
import type { JsonObject } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import {
  echoProtos,
  encodePayload,
  growPath,
  hangPath,
  pathOf,
  payloadOfLength,
} from './echo-service.ts';
import type { GatewayBackend, StartedBackend } from './gateway-backend.ts';
import type { GatewayCall, GatewayClient, GatewayTransport, Shape } from './gateway-transport.ts';
import { createPayer, type Payer } from './payer.ts';

const limit = 4 * 2 ** 20;

/** Describes one cell of the table of calls: each call of it is paid, through a daemon of its own process. */
export function describeCell(
  transport: GatewayTransport,
  backend: GatewayBackend,
  options: { daemonConfig?: JsonObject } = {},
): void {
  describe(`${transport.name} to ${backend.name}`, () => {
    let started: StartedBackend;
    let network: PaidNetwork;
    let payer: Payer;
    let client: GatewayClient;

    beforeAll(async () => {
      started = await backend.start();
      network = await startPaidNetwork({
        service: false,
        serviceType: backend.name,
        protos: echoProtos,
        daemonConfig: {
          ...started.daemonConfig,
          ...transport.daemonConfig,
          ...options.daemonConfig,
        },
      });
      payer = await createPayer(network);
      client = await transport.connect(network.devnet.endpoint);
    });

    afterAll(async () => {
      await client?.[Symbol.asyncDispose]();
      await network?.stop();
      await started?.stop();
    });

    const call = async (path: string, headers: Record<string, string> = {}) =>
      client.call(path, { ...(await payer.pay()), ...headers });

    const shapes = transport.shapes.filter((shape) => backend.shapes.includes(shape));
    const impossible = transport.shapes.filter((shape) => !backend.shapes.includes(shape));

    test.each(shapes)('default: %s, byte by byte, each call charged', async (shape) => {
      const before = await payer.countCharged();
      const sizes = [0, 1, 70_000, 1_000_000];
      for (const size of sizes) {
        const message =
          size < 2 ? encodePayload({ data: Buffer.alloc(size) }) : payloadOfLength(size);
        const answers = await talk(await call(pathOf[shape]), shape, message);
        expect(answers.status).toBe(0);
        expect(answers.messages.length).toBe(shape === 'server' || shape === 'bidi' ? 3 : 1);
        for (const answer of answers.messages) expect(answer.equals(message)).toBe(true);
      }
      expect(await payer.countCharged()).toBe(before + sizes.length);
    });

    if (impossible.length > 0) {
      test('error: shapes that the service cannot have', async () => {
        const before = await payer.countCharged();
        for (const shape of impossible) {
          const { status, text } = await talk(await call(pathOf[shape]), shape, new Uint8Array());
          expect(`${status} ${text}`).toBe(
            `12 ${pathOf[shape]} is a stream, and a service of type ${backend.name} takes one message and gives one`,
          );
        }
        expect(await payer.countCharged()).toBe(before);
      });
    }

    test('behavior: messages at the limit pass, longer ones do not, either way', async () => {
      const before = await payer.countCharged();
      const largest = payloadOfLength(limit);
      const { status, messages } = await talk(await call(pathOf.unary), 'unary', largest);
      expect(status).toBe(0);
      expect(messages[0]?.equals(largest)).toBe(true);
      expect(await payer.countCharged()).toBe(before + 1);

      const over = await talk(await call(pathOf.unary), 'unary', payloadOfLength(limit + 1));
      expect(`${over.status} ${over.text}`).toBe(
        `8 grpc: received message larger than max (${limit + 1} vs. ${limit})`,
      );
      const grown = await talk(
        await call(growPath),
        'unary',
        encodePayload({ count: BigInt(limit + 1) }),
      );
      expect(`${grown.status} ${grown.text}`).toMatch(
        new RegExp(`^8 grpc: received message larger than max \\(\\d+ vs\\. ${limit}\\)$`),
      );
      expect(await payer.countCharged()).toBe(before + 1);
    });

    test('behavior: a deadline ends the call on both sides, uncharged', async () => {
      const before = await payer.countCharged();
      const hanging = started.nextHang();
      const late = await call(hangPath, { 'grpc-timeout': '3S' });
      const answers = talk(late, 'unary', encodePayload({}));
      const { gone } = await hanging;
      const { status } = await answers;
      expect(status).toBe(4);
      await gone;
      expect(await payer.countCharged()).toBe(before);
    });

    test('behavior: a client that leaves ends the call of the service, uncharged', async () => {
      const before = await payer.countCharged();
      const hanging = started.nextHang();
      const left = await call(hangPath);
      await left.send(encodePayload({}));
      left.end();
      const { gone } = await hanging;
      left.cancel();
      await gone;
      expect(await payer.countCharged()).toBe(before);
    });

    test('behavior: compressed messages, either way', async () => {
      const message = encodePayload({ data: Buffer.from('compressed') });
      const zipped = await call(pathOf.unary, { 'grpc-encoding': 'gzip' });
      await zipped.send(gzipSync(message), { isCompressed: true });
      zipped.end();
      const answer = await zipped.next();
      const bytes = answer?.bytes ?? Buffer.alloc(0);
      // The gRPC service gives back the bytes that it got; nobody in between may look into them.
      expect(answer?.isCompressed === true ? gunzipSync(bytes) : bytes).toEqual(
        Buffer.from(message),
      );
      expect((await zipped.ended).status).toBe(0);
    });

    test('behavior: no secret of a payment reaches the service', async () => {
      const headers = await payer.pay();
      const signature = headers['snet-payment-channel-signature-bin'] ?? '';
      const hanging = started.nextHang();
      const seen = client.call(hangPath, { ...headers, 'snet-prepaid-auth-token-bin': 'c2VjcmV0' });
      await seen.send(encodePayload({}));
      const { gone } = await hanging;
      seen.cancel();
      await gone;
      expect(signature.length).toBeGreaterThan(80);
      const heard = started.heard.join('\n');
      expect(heard).toContain(network.client.address);
      expect(heard).not.toContain(signature);
      expect(heard).not.toContain('c2VjcmV0');
    });
  });
}

/** What a call came to. */
interface Answers {
  readonly status: number | undefined;
  readonly text: string;
  readonly messages: readonly Buffer[];
}

/** Calls in the way of a shape: three messages where the client streams. */
async function talk(call: GatewayCall, shape: Shape, message: Uint8Array): Promise<Answers> {
  const messages: Buffer[] = [];
  const reading = (async () => {
    for (let next = await call.next(); next !== undefined; next = await call.next()) {
      messages.push(next.bytes);
    }
  })();
  const turns = shape === 'client' || shape === 'bidi' ? 3 : 1;
  for (let turn = 0; turn < turns; turn++) await call.send(message);
  call.end();
  const { status, message: text } = await call.ended;
  await reading;
  return { status, text, messages };
}
