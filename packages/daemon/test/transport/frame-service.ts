import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { encodeMessage } from './messages.ts';

const [data, headers, settings] = [0, 1, 4];
const [endStream, endHeaders] = [1, 4];

/**
 * A service that writes HTTP/2 frames by hand, because `node:http2` never sends message and trailers
 * in one piece, as services in other languages do. Answers every call with `whole`.
 */
export async function startFrameService(): Promise<{
  endpoint: string;
  [Symbol.asyncDispose](): Promise<void>;
}> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    socket.write(encodeFrame(settings, 0, 0, Buffer.alloc(0)));
    let bytes = Buffer.alloc(0);
    let at = 24; // The preface.
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= at + 9) {
        const length = bytes.readUIntBE(at, 3);
        const [type, flags] = [bytes[at + 3], bytes[at + 4] ?? 0];
        if (bytes.length < at + 9 + length) break;
        const stream = bytes.readUInt32BE(at + 5);
        at += 9 + length;
        if (type === data && (flags & endStream) !== 0) socket.write(encodeAnswer(stream));
        if (type === settings && flags === 0) {
          socket.write(encodeFrame(settings, 1, 0, Buffer.alloc(0)));
        }
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function encodeAnswer(stream: number): Buffer {
  // 0x88 is `:status: 200` of the static table (RFC 7541, appendix A).
  const head = Buffer.concat([
    Buffer.from([0x88]),
    encodeField('content-type', 'application/grpc'),
  ]);
  return Buffer.concat([
    encodeFrame(headers, endHeaders, stream, head),
    encodeFrame(data, 0, stream, encodeMessage('whole')),
    encodeFrame(headers, endHeaders | endStream, stream, encodeField('grpc-status', '0')),
  ]);
}

function encodeFrame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const prefix = Buffer.alloc(9);
  prefix.writeUIntBE(payload.length, 0, 3);
  prefix[3] = type;
  prefix[4] = flags;
  prefix.writeUInt32BE(stream, 5);
  return Buffer.concat([prefix, payload]);
}

// Literal without indexing, no Huffman code (RFC 7541, 6.2.2).
function encodeField(name: string, value: string): Buffer {
  const [nameBytes, valueBytes] = [Buffer.from(name), Buffer.from(value)];
  return Buffer.concat([
    Buffer.from([0, nameBytes.length]),
    nameBytes,
    Buffer.from([valueBytes.length]),
    valueBytes,
  ]);
}
