import fc from 'fast-check';
import { statusCode } from '../../../src/call/status.ts';
import { FirstFrame } from '../../../src/wire/first-frame.ts';
import { encodeFramePrefix } from '../../../src/wire/frame-prefix.ts';
import { FrameWatch } from '../../../src/wire/frame-watch.ts';
import { decodeGrpcMessage, encodeGrpcMessage } from '../../../src/wire/grpc-message.ts';
import { formatGrpcTimeout, parseGrpcTimeout } from '../../../src/wire/grpc-timeout.ts';
import { readEndStatus } from '../../../src/wire/read-end-status.ts';
import { demand } from '../expect.ts';
import type { FuzzTarget } from '../fuzz-target.ts';
import { cutBytes, split } from '../split.ts';

const maxMessageBytes = 1000;

const frame = fc
  .tuple(fc.nat(255), fc.uint8Array({ maxLength: 40 }), fc.integer({ min: -2, max: 2 }))
  .map(([flag, message, lie]) => {
    const prefix = encodeFramePrefix(Math.max(0, message.length + lie));
    prefix[0] = flag;
    return Buffer.concat([prefix, message]);
  });

/**
 * A stream of gRPC messages, cut into pieces, against a reader that has all of it at once; and the
 * text fields of gRPC: time-outs, messages and ends.
 */
export const grpcFramingTarget: FuzzTarget = {
  maxBytes: 4096,
  words: [
    Buffer.from([0, 0, 0, 0, 0]),
    Buffer.from([1, 0, 0, 3, 232]),
    Buffer.from([0, 255, 255, 255, 255]),
    ...['%20', '%', '99999999H', '1n', '0m', '%E2%82%AC', '\u20ac'],
  ],
  covers: /src\/(wire|listener)\//,
  inputs: fc.oneof(
    fc
      .tuple(fc.uint8Array({ minLength: cutBytes, maxLength: cutBytes }), fc.array(frame))
      .map((parts) => Buffer.concat(parts.flat())),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(`\0\0\0\0${text}`)),
    fc
      .tuple(fc.nat(999_999_999), fc.constantFrom('H', 'M', 'S', 'm', 'u', 'n', 'x'))
      .map(([value, unit]) => Buffer.from(`\0\0\0\0${value}${unit}`)),
  ),
  run(input) {
    const stream = input.subarray(cutBytes);
    const pieces = split(stream, input.subarray(0, cutBytes));
    checkWatch(stream, pieces);
    checkFirst(stream, pieces);
    const text = Buffer.from(stream).toString('utf8');
    checkMessage(text);
    checkTimeout(text);
    checkEnd(text);
  },
};

/** Walks over whole messages; tells the declared length of one that is too large, and whether all are whole. */
function walk(stream: Uint8Array): { excess?: number; isBetween: boolean } {
  const view = Buffer.from(stream);
  let at = 0;
  while (at + 5 <= view.length) {
    const length = view.readUInt32BE(at + 1);
    if (length > maxMessageBytes) return { excess: length, isBetween: false };
    at += 5 + length;
  }
  return { isBetween: at === view.length };
}

function checkWatch(stream: Uint8Array, pieces: readonly Uint8Array[]): void {
  const expected = walk(stream);
  const watch = new FrameWatch(maxMessageBytes);
  let excess: number | undefined;
  for (const piece of pieces) excess ??= watch.push(piece);
  demand(excess === expected.excess, `excess ${excess} instead of ${expected.excess}`);
  if (excess !== undefined) return;
  demand(watch.isBetween === expected.isBetween, `between messages: ${watch.isBetween}`);
}

function checkFirst(stream: Uint8Array, pieces: readonly Uint8Array[]): void {
  const first = new FirstFrame();
  for (const piece of pieces) first.push(piece);
  const view = Buffer.from(stream);
  const needed = view.length < 5 ? 5 : 5 + view.readUInt32BE(1);
  demand(first.isWhole === view.length >= needed, `the first message is whole: ${first.isWhole}`);
  if (first.isWhole) demand(first.bytes.equals(view.subarray(0, needed)), 'other bytes');
}

function checkMessage(text: string): void {
  const field = encodeGrpcMessage(text);
  demand(/^[\x20-\x7e]*$/.test(field) && field === field.trim(), `no field: ${field}`);
  const again = decodeGrpcMessage(field);
  demand(again === text, `${JSON.stringify(text)} came back as ${JSON.stringify(again)}`);
  decodeGrpcMessage(text);
}

function checkTimeout(text: string): void {
  const milliseconds = parseGrpcTimeout(text);
  if (milliseconds === undefined) return;
  demand(milliseconds >= 0 && milliseconds <= 4e14, `${milliseconds} ms`);
  const again = parseGrpcTimeout(formatGrpcTimeout(milliseconds)) ?? -1;
  const isLater = again >= milliseconds && again <= Math.max(1, milliseconds + 1_000);
  demand(isLater || again === 99_999_999_000, `${milliseconds} ms came back as ${again}`);
}

function checkEnd(text: string): void {
  const [code = '', message = '', name = 'x', value = ''] = text.split('\n');
  const fields = { 'grpc-status': code, 'grpc-message': message, [name]: value };
  const raw = Object.entries(fields).flat();
  const end = readEndStatus(fields, raw);
  if (end === undefined) throw new Error('no end');
  const isPlain = /^[0-9]{1,10}$/.test(fields['grpc-status']);
  demand(
    isPlain ? end.code === Number(fields['grpc-status']) : end.code === statusCode.unknown,
    `code ${end.code}`,
  );
  demand(end.trailers?.['grpc-status'] === undefined, 'the status is among the trailers');
}
