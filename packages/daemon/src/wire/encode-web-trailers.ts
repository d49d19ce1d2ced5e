import type { OutgoingHttpHeaders } from 'node:http2';

/** Trailers as the last frame of a gRPC-web answer: flag 0x80, length, `name: value` lines (PROTOCOL-WEB of grpc). */
export function encodeWebTrailers(trailers: OutgoingHttpHeaders): Buffer {
  let text = '';
  for (const name in trailers) {
    const value = trailers[name];
    for (const one of Array.isArray(value) ? value : [value]) text += `${name}: ${one}\r\n`;
  }
  const frame = Buffer.allocUnsafe(5 + text.length);
  frame[0] = 0x80;
  frame.writeUInt32BE(text.length, 1);
  // Header fields are bytes that node:http2 reads as Latin-1.
  frame.write(text, 5, 'latin1');
  return frame;
}
