import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { attackers } from './attackers.ts';

/** Types of frames (RFC 9113, 6). */
export const frameType = {
  data: 0,
  headers: 1,
  priority: 2,
  reset: 3,
  settings: 4,
  ping: 6,
  goAway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

/** A client that writes any frame it likes. */
export interface FrameClient {
  readonly socket: Socket;
  /** Code of the last GOAWAY; undefined before one. */
  goAwayCode(): number | undefined;
  /** Codes that streams were reset with. */
  readonly resets: ReadonlyMap<number, number>;
  /** Bytes of DATA that have arrived. */
  receivedBytes(): number;
  /** Writes a frame again and again until the other end hangs up or `count` are written. */
  flood(frame: Uint8Array, count: number): Promise<number>;
  write(bytes: Uint8Array): boolean;
  /** Resolves when the other end has widened the window of the connection. */
  readonly widened: Promise<void>;
  readonly closed: Promise<void>;
}

/** A frame on the wire. */
export function frame(
  type: number,
  options: { flags?: number; stream?: number; payload?: Uint8Array } = {},
): Buffer {
  const { flags = 0, stream = 0, payload = Buffer.alloc(0) } = options;
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Header fields as literals without indexing and without Huffman code (RFC 7541, 6.2.2). */
export function fields(entries: Readonly<Record<string, string>>): Buffer {
  return Buffer.concat(
    Object.entries(entries).map(([name, value]) =>
      Buffer.concat([Buffer.from([0]), text(name), text(value)]),
    ),
  );
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([integer(bytes.length, 7), bytes]);
}

/** An integer with a prefix (RFC 7541, 5.1). */
export function integer(value: number, bits: number): Buffer {
  const limit = 2 ** bits - 1;
  if (value < limit) return Buffer.from([value]);
  const bytes = [limit];
  let left = value - limit;
  for (; left >= 128; left = Math.floor(left / 128)) bytes.push((left % 128) + 128);
  return Buffer.from([...bytes, left]);
}

/** The head of a gRPC call. */
export function callHead(
  path = '/paid.Service/Call',
  extra: Readonly<Record<string, string>> = {},
): Buffer {
  return fields({
    ':method': 'POST',
    ':scheme': 'http',
    ':path': path,
    ':authority': 'x',
    'content-type': 'application/grpc',
    te: 'trailers',
    ...extra,
  });
}

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** A setting and its value (RFC 9113, 6.5). */
export function setting(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(6);
  bytes.writeUInt16BE(id);
  bytes.writeUInt32BE(value, 2);
  return bytes;
}

/** Connects and greets. */
export async function connectFrames(
  port: number,
  options: { settings?: Uint8Array; read?: boolean } = {},
): Promise<FrameClient> {
  const socket = connect(port, '127.0.0.1');
  attackers.add(socket);
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  await once(socket, 'connect');
  const resets = new Map<number, number>();
  const widened = Promise.withResolvers<void>();
  let [goAway, received] = [undefined as number | undefined, 0];
  let bytes = Buffer.alloc(0);
  const onData = (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= 9) {
      const length = bytes.readUIntBE(0, 3);
      if (bytes.length < 9 + length) return;
      const [type, payload] = [bytes[3], bytes.subarray(9, 9 + length)];
      // Dead it is not.
      if (type === frameType.ping && bytes[4] === 0) {
        socket.write(frame(frameType.ping, { flags: 1, payload }));
      }
      if (type === frameType.settings && bytes[4] === 0) {
        socket.write(frame(frameType.settings, { flags: 1 }));
      }
      if (type === frameType.windowUpdate) widened.resolve();
      if (type === frameType.goAway) goAway = payload.readUInt32BE(4);
      if (type === frameType.reset) resets.set(bytes.readUInt32BE(5), payload.readUInt32BE(0));
      if (type === frameType.data) received += length;
      bytes = bytes.subarray(9 + length);
    }
  };
  if (options.read !== false) socket.on('data', onData);
  socket.write(
    Buffer.concat([
      preface,
      frame(frameType.settings, { ...(options.settings && { payload: options.settings }) }),
    ]),
  );
  return {
    socket,
    closed,
    widened: widened.promise,
    resets,
    goAwayCode: () => goAway,
    receivedBytes: () => received,
    write: (more) => !socket.destroyed && socket.write(more),
    async flood(one, count) {
      const perWrite = Math.max(1, Math.floor(65_536 / one.length));
      const piece = Buffer.concat(Array.from({ length: perWrite }, () => one));
      let written = 0;
      while (written < count && !socket.destroyed && socket.writable) {
        if (!socket.write(piece)) {
          await Promise.race([closed, new Promise((resolve) => socket.once('drain', resolve))]);
        }
        written += perWrite;
      }
      return written;
    },
  };
}
