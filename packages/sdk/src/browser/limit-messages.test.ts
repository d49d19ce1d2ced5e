import { Code, ConnectError } from '@connectrpc/connect';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { limitMessages } from './limit-messages.ts';

const type = 'application/grpc-web+proto';

/** An answer whose messages have these lengths, cut into chunks of these sizes. */
function answer(lengths: readonly number[], cuts: readonly number[], contentType = type) {
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + 5 + length, 0));
  let at = 0;
  for (const [index, length] of lengths.entries()) {
    new DataView(bytes.buffer).setUint32(at + 1, length);
    bytes.fill(index + 1, at + 5, at + 5 + length);
    at += 5 + length;
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let rest = bytes;
      for (let turn = 0; rest.length > 0; turn += 1) {
        const size = cuts[turn % cuts.length] ?? rest.length;
        controller.enqueue(rest.slice(0, size));
        rest = rest.slice(size);
      }
      controller.close();
    },
  });
  const response = new Response(body, { status: 200, headers: { 'content-type': contentType } });
  return { bytes, ask: async () => response };
}

const lengths = fc.array(fc.nat({ max: 40 }), { maxLength: 6 });
const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 });

test('property: messages within the limit pass as they are, however they are cut', async () => {
  await fc.assert(
    fc.asyncProperty(lengths, cuts, async (sizes, pieces) => {
      const { bytes, ask } = answer(sizes, pieces);
      const response = await limitMessages(ask, Math.max(0, ...sizes))('http://daemon');
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
      expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
    }),
  );
});

test('property: one that is a byte too long is an error', async () => {
  await fc.assert(
    fc.asyncProperty(lengths, cuts, fc.nat({ max: 40 }), async (sizes, pieces, limit) => {
      const { ask } = answer([...sizes.filter((size) => size <= limit), limit + 1, 3], pieces);
      const response = await limitMessages(ask, limit)('http://daemon');
      const error = await response.arrayBuffer().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConnectError);
      expect(error).toMatchObject({
        code: Code.ResourceExhausted,
        rawMessage: `message size ${limit + 1} is larger than configured readMaxBytes ${limit}`,
      });
    }),
  );
});

test('behavior: what is not gRPC-web passes', async () => {
  const { bytes, ask } = answer([100], [7], 'text/html');
  const response = await limitMessages(ask, 1)('http://daemon');
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);
});
