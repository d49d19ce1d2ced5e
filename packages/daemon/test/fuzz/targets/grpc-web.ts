import fc from 'fast-check';
import { Base64Chunks } from '../../../src/wire/base64-chunks.ts';
import { parseWebContentType } from '../../../src/wire/web-content-type.ts';
import { demand } from '../expect.ts';
import type { FuzzTarget } from '../fuzz-target.ts';
import { cutBytes, split } from '../split.ts';
import { maxMessageBytes, startEchoListener } from './start-echo-listener.ts';

const contentTypes = [
  'application/grpc-web',
  'application/grpc-web+proto',
  'application/grpc-web-text',
  'application/grpc-web-text+proto',
  'APPLICATION/GRPC-WEB-TEXT; charset=utf-8',
  'application/grpc-web+json',
];

const listener = await startEchoListener();

const frame = fc
  .tuple(
    fc.constantFrom(0, 0, 1, 0x80),
    fc.uint8Array({ maxLength: 30 }),
    fc.integer({ min: -1, max: 1 }),
  )
  .map(([flag, message, lie]) => {
    const prefix = Buffer.alloc(5);
    prefix[0] = flag;
    prefix.writeUInt32BE(Math.max(0, message.length + lie), 1);
    return Buffer.concat([prefix, message]);
  });
const body = fc.array(frame, { maxLength: 3 }).chain((frames) =>
  fc.constantFrom(
    Buffer.concat(frames),
    // Padded after each message, as clients do that encode them one by one.
    Buffer.from(frames.map((one) => one.toString('base64')).join('')),
    Buffer.from(Buffer.concat(frames).toString('base64')),
  ),
);

/**
 * The body of a call in gRPC-web, binary or text, cut into pieces: decoded against a reader that has
 * all of it, then sent to a real listener in HTTP/1.1, whose answer must be gRPC-web again.
 */
export const grpcWebTarget: FuzzTarget = {
  maxBytes: 4096,
  words: ['=', '==', '====', 'AAAA', 'AAAAAAM=', Buffer.from([0, 0, 0, 0, 0]), '\n', 'gAAAAAA='],
  covers: /packages\/daemon\/src\/(wire|listener|upstreams|call)/,
  inputs: fc
    .tuple(
      fc.uint8Array({ minLength: cutBytes, maxLength: cutBytes }),
      fc.nat(contentTypes.length - 1).map((kind) => Buffer.from([kind])),
      body,
    )
    .map((parts) => Buffer.concat(parts)),
  async run(input) {
    const contentType = contentTypes[(input[cutBytes] ?? 0) % contentTypes.length] ?? '';
    const content = parseWebContentType(contentType);
    demand(content !== undefined, `${contentType} is not read`);
    const bytes = input.subarray(cutBytes + 1);
    const pieces = split(bytes, input.subarray(0, cutBytes));
    const text = checkText(bytes, pieces);
    // The cheap half runs always, the listener for what is worth it: a body of whole pieces.
    if (content.isText && text === undefined && bytes.length % 7 !== 0) return;
    const sent = content.isText ? text : Buffer.from(bytes);
    const answer = await listener.send([headOf(contentType, bytes.length), ...pieces]);
    checkAnswer(answer, { isText: content.isText, sent });
  },
  close: () => listener.close(),
};

/** Decodes base64 in pieces and as a whole; returns what came out, if it was base64. */
function checkText(bytes: Uint8Array, pieces: readonly Uint8Array[]): Buffer | undefined {
  const chunks = new Base64Chunks();
  const decoded: Buffer[] = [];
  let isBad = false;
  for (const piece of pieces) {
    const out = isBad ? undefined : chunks.push(piece);
    if (out === undefined) isBad = true;
    else decoded.push(out);
  }
  const expected = decodeWhole(Buffer.from(bytes).toString('latin1'));
  if (isBad || !chunks.isWhole) {
    demand(expected === undefined, 'good base64 is refused');
    return undefined;
  }
  const result = Buffer.concat(decoded);
  demand(expected !== undefined, 'bad base64 is taken');
  demand(result.equals(expected), 'base64 is decoded to something else');
  return result;
}

/** Four characters after the other; padding may stand at the end of each. */
function decodeWhole(text: string): Buffer | undefined {
  const groups = text.match(/.{1,4}/gs) ?? [];
  const isGood = groups.every((group) =>
    /^[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/](?:=|[A-Za-z0-9+/]))$/.test(group),
  );
  if (!isGood) return undefined;
  return Buffer.concat(groups.map((group) => Buffer.from(group, 'base64')));
}

function headOf(contentType: string, length: number): Buffer {
  return Buffer.from(
    `POST /a.B/C HTTP/1.1\r\nhost: x\r\ncontent-type: ${contentType}\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n`,
  );
}

/** Holds an answer against what the echo must have said to the message that was sent. */
function checkAnswer(
  answer: Buffer,
  { isText, sent }: { isText: boolean; sent: Buffer | undefined },
): void {
  // Bad base64 and messages that are too large may come behind one that was answered, or cut it off.
  if (sent === undefined || hasTooLarge(sent)) return;
  const length = sent.length < 5 ? Number.POSITIVE_INFINITY : sent.readUInt32BE(1);
  if (sent.length < 5 + length) {
    // Half an echo cannot be ended in gRPC-web: it may be cut off anywhere.
    demand(!/grpc-status: 0\r/.test(answer.toString('latin1')), 'half a message was served');
    return;
  }
  const { head, body: raw } = readHttp(answer);
  demand(/^HTTP\/1\.1 200 /.test(head), `answered ${JSON.stringify(head.slice(0, 60))}`);
  const status = /\r\ngrpc-status: ([0-9]+)/.exec(head)?.[1];
  const bytes = isText ? decodeWhole(raw.toString('latin1')) : raw;
  demand(bytes !== undefined, 'the answer is no base64');
  const frames = readFrames(bytes);
  // A message may come back with any flag that it was sent with, that of trailers among them.
  const last = status === undefined ? frames.pop() : undefined;
  const end = status ?? /grpc-status: ([0-9]+)\r\n/.exec(`${last?.payload}`)?.[1];
  demand(end !== undefined, 'no status');
  demand(end === '0', `status ${end}`);
  demand(frames.length === 1, `${frames.length} messages`);
  const echoed = frames[0]?.payload.equals(sent.subarray(5, 5 + length));
  demand(echoed === true, 'another message came back');
}

function hasTooLarge(sent: Buffer): boolean {
  for (let at = 0; at + 5 <= sent.length; at += 5 + sent.readUInt32BE(at + 1)) {
    if (sent.readUInt32BE(at + 1) > maxMessageBytes) return true;
  }
  return false;
}

function readHttp(answer: Buffer): { head: string; body: Buffer } {
  const at = answer.indexOf('\r\n\r\n');
  demand(at >= 0, `no answer: ${JSON.stringify(answer.toString('latin1').slice(0, 60))}`);
  const head = answer.toString('latin1', 0, at + 2);
  let rest = answer.subarray(at + 4);
  if (!/\r\ntransfer-encoding: chunked/i.test(head)) return { head, body: rest };
  const chunks: Buffer[] = [];
  for (;;) {
    const line = rest.indexOf('\r\n');
    const length = Number.parseInt(rest.toString('latin1', 0, line), 16);
    demand(line > 0 && length >= 0, 'a broken chunk');
    if (length === 0) return { head, body: Buffer.concat(chunks) };
    chunks.push(rest.subarray(line + 2, line + 2 + length));
    rest = rest.subarray(line + 4 + length);
  }
}

function readFrames(bytes: Buffer): { flag: number; payload: Buffer }[] {
  const frames: { flag: number; payload: Buffer }[] = [];
  for (let at = 0; at < bytes.length; ) {
    demand(at + 5 <= bytes.length, 'half a prefix in the answer');
    const length = bytes.readUInt32BE(at + 1);
    demand(at + 5 + length <= bytes.length, 'half a message in the answer');
    frames.push({ flag: bytes[at] ?? 0, payload: bytes.subarray(at + 5, at + 5 + length) });
    at += 5 + length;
  }
  return frames;
}
