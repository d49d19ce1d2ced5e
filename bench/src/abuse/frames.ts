import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Types of frames (RFC 9113, 6). */
export const frameType = { headers: 1, reset: 3, settings: 4, ping: 6, windowUpdate: 8 } as const;

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

/** The header block of a call, without compression (RFC 7541, 6.2.2); values shorter than 127 bytes. */
export function callHead(path: string): Buffer {
  const fields = {
    ...{ ':method': 'POST', ':scheme': 'http', ':path': path, ':authority': 'x' },
    ...{ 'content-type': 'application/grpc', te: 'trailers' },
  };
  const text = (value: string) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
  const blocks = Object.entries(fields).map(([name, value]) =>
    Buffer.concat([Buffer.from([0]), text(name), text(value)]),
  );
  return Buffer.concat(blocks);
}

/** Connects; greets in HTTP/2 unless told otherwise. What is answered is thrown away. */
export async function connectRaw(
  port: number,
  options: { settings?: Uint8Array; greet?: boolean } = {},
): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.resume();
  if (options.greet !== false) {
    const { settings: payload } = options;
    socket.write(Buffer.concat([preface, frame(frameType.settings, payload && { payload })]));
  }
  return socket;
}
