// The service of the long run: does with each call what its header `soak-plan` says, step by step. `r`
// reads the whole request, `x` answers each of its messages, `m` sends a message, `M` a large one, `wN`
// waits N milliseconds, `eN` ends with status N, `h` holds the call until somebody cancels it.
import { createServer, type ServerHttp2Stream } from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';

const message = frame(64);
const largeMessage = frame(100_000);

const server = createServer();
server.on('stream', (stream, headers) => {
  // Whoever cancels shall not end this process.
  stream.on('error', () => {});
  void serve(stream, String(headers['soak-plan'] ?? 'r,m,e0').split(',')).catch(() => {
    stream.destroy();
  });
});
server.on('sessionError', () => {});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  process.stdout.write(`${JSON.stringify({ endpoint: `http://127.0.0.1:${port}` })}\n`);
});
// Ends with whoever started it.
process.stdin.resume().on('end', () => process.exit(0));

async function serve(stream: ServerHttp2Stream, plan: readonly string[]): Promise<void> {
  const isRead = plan.some((step) => step === 'r' || step === 'x');
  if (!isRead) stream.resume();
  for (const step of plan) {
    if (stream.destroyed) return;
    const count = Number(step.slice(1));
    if (step === 'r') for await (const _chunk of stream.iterator({ destroyOnReturn: false }));
    else if (step === 'x') await answerEach(stream);
    else if (step === 'm') await send(stream, message);
    else if (step === 'M') await send(stream, largeMessage);
    else if (step.startsWith('w')) await sleep(count);
    else if (step === 'h') await new Promise((resolve) => stream.once('close', resolve));
    else end(stream, count);
  }
}

/** One answer for every message of 64 bytes in its frame. */
async function answerEach(stream: ServerHttp2Stream): Promise<void> {
  let bytes = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    for (; bytes >= message.length; bytes -= message.length) await send(stream, message);
  }
}

async function send(stream: ServerHttp2Stream, bytes: Buffer): Promise<void> {
  open(stream);
  if (stream.write(bytes)) return;
  await new Promise<void>((resolve) => {
    stream.once('drain', resolve).once('close', resolve);
  });
}

function end(stream: ServerHttp2Stream, code: number): void {
  const fields = { 'grpc-status': `${code}`, 'grpc-message': code === 0 ? '' : 'as planned' };
  if (stream.headersSent) {
    stream.once('wantTrailers', () => stream.sendTrailers(fields));
    stream.end();
  } else {
    const head = { ':status': 200, 'content-type': 'application/grpc+proto' };
    stream.respond({ ...head, ...fields }, { endStream: true });
  }
}

function open(stream: ServerHttp2Stream): void {
  if (stream.headersSent || stream.destroyed) return;
  const head = { ':status': 200, 'content-type': 'application/grpc+proto' };
  stream.respond(head, { waitForTrailers: true });
}

/** Zeros behind the prefix of their length. */
function frame(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUInt32BE(length - 5, 1);
  return bytes;
}
