// A service that answers what it is asked for: a few bytes, or three MiB. A process of its own.
import { createServer } from 'node:http2';

const server = createServer({ maxSessionMemory: 1_000 });
const message = (length: number) => {
  const bytes = Buffer.alloc(5 + length);
  bytes.writeUInt32BE(length, 1);
  return bytes;
};
const [small, large] = [message(4), message(3 * 2 ** 20)];
server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  stream.resume();
  stream.once('end', () => {
    // One that was reset ends, too.
    if (stream.destroyed || stream.closed) return;
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc+proto' },
      { waitForTrailers: true },
    );
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(headers[':path']?.endsWith('/Large') ? large : small);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  process.stdout.write(`${JSON.stringify({ endpoint: `http://127.0.0.1:${port}` })}\n`);
});
// Ends with whoever started it.
process.stdin.resume().on('end', () => process.exit(0));
