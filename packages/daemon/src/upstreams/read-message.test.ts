import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { encodeMessage } from '../../test/transport/messages.ts';
import { readMessage } from './read-message.ts';

function compressed(bytes: Uint8Array): Buffer {
  const frame = encodeMessage(bytes);
  frame[0] = 1;
  return frame;
}

async function statusOf(frame: Buffer, encoding?: string) {
  const failure = await readMessage(frame, { encoding, maxMessageBytes: 10 }).catch((it) => it);
  return `${failure.status.code} ${failure.status.message}`;
}

test('default: messages that are not compressed, and two kinds that are', async () => {
  const read = async (frame: Buffer, encoding?: string) =>
    (await readMessage(frame, { encoding, maxMessageBytes: 10 })).toString();
  expect(await read(encodeMessage('hello'))).toBe('hello');
  expect(await read(encodeMessage('hello'), 'gzip')).toBe('hello');
  expect(await read(compressed(gzipSync('hello')), 'gzip')).toBe('hello');
  expect(await read(compressed(deflateSync('hello')), 'deflate')).toBe('hello');
});

test('error: a message that grows beyond the limit', async () => {
  expect(await statusOf(compressed(gzipSync(Buffer.alloc(1_000_000))), 'gzip')).toBe(
    '8 grpc: received message after decompression larger than max 10',
  );
});

test('error: compressions that are unknown, missing or not what they say', async () => {
  expect(await statusOf(compressed(Buffer.from('x')), 'snappy')).toBe(
    '12 grpc: Decompressor is not installed for grpc-encoding "snappy"',
  );
  expect(await statusOf(compressed(Buffer.from('x')))).toBe(
    '13 grpc: compressed flag set with identity or empty encoding',
  );
  expect(await statusOf(compressed(Buffer.from('x')), 'gzip')).toBe(
    '13 grpc: failed to decompress the received message: unexpected end of file',
  );
});
