import fc from 'fast-check';
import { callHead, fields, frame, frameType, setting } from '../../abuse/frame-client.ts';
import type { FuzzTarget } from '../fuzz-target.ts';
import { cutBytes, split } from '../split.ts';
import { startEchoListener } from './start-echo-listener.ts';

const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const streamId = fc.constantFrom(0, 1, 1, 1, 3, 3, 5, 2, 2 ** 31 - 1);
const flags = fc.constantFrom(0, 1, 4, 5, 8, 0x20, 0x2d, 0xff);
const message = Buffer.from([0, 0, 0, 0, 3, 1, 2, 3]);
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 24 }),
  fc.constantFrom(
    message,
    Buffer.from([0, 0, 0, 0, 0]),
    Buffer.from([0, 0xff, 0xff, 0xff, 0xff]),
    Buffer.alloc(2_100),
    Buffer.alloc(0),
  ),
);
const head = fc
  .record({
    path: fc.constantFrom(
      '/a.B/C',
      '/grpc.health.v1.Health/Check',
      '/grpc.health.v1.Health/Watch',
      '/encoding',
      '/heartbeat',
      '/',
      'x',
      '',
    ),
    type: fc.constantFrom(
      'application/grpc',
      'application/grpc+proto',
      'application/grpc-web',
      'application/grpc-web-text',
      'application/json',
      'text/plain',
    ),
    method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'OPTIONS', 'CONNECT', 'X'),
    extra: fc.dictionary(
      fc.constantFrom(
        'grpc-timeout',
        'grpc-encoding',
        'snet-payment-type',
        'content-length',
        'x-bin',
        'cookie',
        'connect-protocol-version',
        'origin',
        '__proto__',
      ),
      fc.oneof(fc.constantFrom('1S', '1n', 'x', '0', '8', 'gzip'), fc.string({ maxLength: 10 })),
      { maxKeys: 3 },
    ),
  })
  .map(({ path, type, method, extra }) =>
    callHead(path, { 'content-type': type, ':method': method, ...extra }),
  );

const anyFrame = fc
  .tuple(fc.nat(12), flags, streamId, payload)
  .map(([type, flag, stream, bytes]) => frame(type, { flags: flag, stream, payload: bytes }));
const call = fc
  .tuple(head, fc.constantFrom(4, 5), streamId, fc.array(payload, { maxLength: 3 }), fc.nat(1))
  .map(([block, flag, stream, data, end]) =>
    Buffer.concat([
      frame(frameType.headers, { flags: flag, stream, payload: block }),
      ...data.map((bytes, at) =>
        frame(frameType.data, {
          flags: at === data.length - 1 ? end : 0,
          stream,
          payload: bytes,
        }),
      ),
    ]),
  );
const settings = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 1, 2, 65_535, 2 ** 31)))
  .map((list) =>
    frame(frameType.settings, {
      payload: Buffer.concat(list.map(([id, value]) => setting(id, value))),
    }),
  );
const http1 = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'OPTIONS', 'PRI'),
    fc.constantFrom('/', '/encoding', '*', '/a.B/C', '/grpc.health.v1.Health/Check', '//x?y#z'),
    fc.array(
      fc.constantFrom(
        'host: x',
        'content-length: 3',
        'transfer-encoding: chunked',
        'connection: close',
        'upgrade: h2c',
        'expect: 100-continue',
        'content-type: application/grpc',
        'content-type: application/grpc-web+proto',
        'content-type: application/json',
        'grpc-timeout: 1S',
      ),
      { maxLength: 4 },
    ),
    fc.constantFrom('', 'abc', '3\r\nabc\r\n0\r\n\r\n', '{}'),
  )
  .map(([method, path, lines, body]) =>
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`),
  );

// The adapter of the own services may still ask for the body of a request that was reset. `snetd serve`
// writes such a rejection to its log and goes on; whatever else nobody catches is a finding.
process.on('unhandledRejection', (fault) => {
  if ((fault as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault;
});

const listener = await startEchoListener();

/**
 * The bytes of a whole connection, cut into pieces, on the daemon's own port: HTTP/2 with frames in any
 * order, HTTP/1.1, and what is neither. It must end, and leave neither stream nor call behind.
 */
export const http2Target: FuzzTarget = {
  maxBytes: 8192,
  words: [
    preface,
    frame(frameType.settings),
    frame(frameType.settings, { flags: 1 }),
    frame(frameType.ping, { payload: Buffer.alloc(8) }),
    frame(frameType.reset, { stream: 1, payload: Buffer.from([0, 0, 0, 8]) }),
    frame(frameType.windowUpdate, { stream: 1, payload: Buffer.from([0x7f, 255, 255, 255]) }),
    frame(frameType.goAway, { payload: Buffer.alloc(8) }),
    frame(frameType.priority, { stream: 1, payload: Buffer.alloc(5) }),
    frame(frameType.continuation, { flags: 4, stream: 1, payload: fields({ a: 'b' }) }),
    frame(frameType.data, { flags: 1, stream: 1, payload: message }),
    '\r\n\r\n',
  ],
  covers: /packages\/daemon\/src|node:internal\/http2|node:_http|src\/wire/,
  inputs: fc
    .tuple(
      fc.uint8Array({ minLength: cutBytes, maxLength: cutBytes }),
      fc.oneof(
        {
          weight: 6,
          arbitrary: fc
            .array(fc.oneof(call, call, anyFrame, settings), { maxLength: 6 })
            .map((frames) => Buffer.concat([preface, frame(frameType.settings), ...frames])),
        },
        { weight: 2, arbitrary: http1 },
        { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
      ),
    )
    .map((parts) => Buffer.concat(parts)),
  async run(input) {
    await listener.send(split(input.subarray(cutBytes), input.subarray(0, cutBytes)));
  },
  close: () => listener.close(),
};
