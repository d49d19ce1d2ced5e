// A service that costs nothing: raw node:http2, one small answer for every call. A process of its own.
import { createServer } from 'node:http2';

const server = createServer();
// DetectReply with a Detection that holds one unknown field.
const answer = Buffer.from([0, 0, 0, 0, 4, 0x0a, 2, 0x78, 1]);
server.on('stream', (stream) => {
  stream.on('error', () => {});
  stream.resume();
  stream.once('end', () => {
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc+proto' },
      { waitForTrailers: true },
    );
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  process.stdout.write(`${JSON.stringify({ endpoint: `http://127.0.0.1:${port}` })}\n`);
});
// Ends with whoever started it.
process.stdin.resume().on('end', () => process.exit(0));
