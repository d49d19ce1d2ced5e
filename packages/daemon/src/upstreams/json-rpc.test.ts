import { compileProtos } from '@snetkit/protos';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type JsonServer, startJsonServer } from '../../test/gateway/backends/json-server.ts';
import { askInJson, askUpstream } from '../../test/upstreams/ask-upstream.ts';
import { createBackends } from './backends.ts';
import { createJsonRpcUpstream } from './json-rpc.ts';
import { listServiceMethods } from './service-methods.ts';

const protos = new Map([
  [
    'calculator.proto',
    `syntax = "proto3"; package calculator;
service Calculator { rpc add(Numbers) returns (Sum); rpc watch(Numbers) returns (stream Sum); }
message Numbers { repeated int64 numbers = 1; }
message Sum { int64 sum = 1; }`,
  ],
]);
const registry = compileProtos(protos);
const path = '/calculator.Calculator/add';

let server: JsonServer;
let got: { url: string | undefined; text: string };
/** Written around the answer; `ID` is that of the request. */
let says: { status?: number; text: string };

beforeAll(async () => {
  server = await startJsonServer(({ request, text }, response) => {
    got = { url: request.url, text };
    response.statusCode = says.status ?? 200;
    response.end(says.text.replace('ID', /"id":(\d+)/.exec(text)?.[1] ?? ''));
  });
});
afterAll(() => server.stop());

function create(options: { encoding?: 'proto' | 'json'; isCompiled?: boolean } = {}) {
  const { encoding = 'json', isCompiled = true } = options;
  return createJsonRpcUpstream({
    backends: createBackends({
      endpoints: [{ url: new URL(`${server.endpoint}/rpc?v=2`), weight: 1 }],
      check: () => Promise.resolve(),
      intervalMs: 1000,
    }),
    protos: isCompiled ? { registry, methods: listServiceMethods(registry) } : undefined,
    ...{ encoding, serviceTimeoutMs: 20_000, maxMessageBytes: 1_000_000, userAgent: 'snetd' },
  });
}

const ask = (text: string, upstream = create()) => askUpstream(upstream, path, Buffer.from(text));

test('default: JSON goes and comes digit by digit', async () => {
  says = {
    text: '{"jsonrpc": "2.0", "id": ID, "result": {"sum": 1.50, "big": 123456789012345678901} }',
  };
  const { status, bytes } = await ask('{"numbers": [9007199254740993, 1.0]}');
  expect(status).toBe('0');
  expect(bytes?.toString()).toBe('{"sum": 1.50, "big": 123456789012345678901}');
  expect(got.url).toBe('/rpc?v=2');
  expect(got.text).toMatch(
    /^\{"jsonrpc":"2\.0","method":"add","params":\{"numbers": \[9007199254740993, 1\.0\]\},"id":\d+\}$/,
  );
});

test('behavior: a service of messages in protobuf', async () => {
  says = { text: '{"jsonrpc":"2.0","id":ID,"result":{"sum":9007199254740993}}' };
  const upstream = create({ encoding: 'proto' });
  const message = { numbers: ['9007199254740992', '1'] };
  expect(await askInJson(upstream, protos, path, message)).toEqual({
    status: '0',
    answer: { sum: '9007199254740993' },
  });
  expect(JSON.parse(got.text).params).toEqual(message);
});

test('behavior: protos that do not compile are not needed', async () => {
  says = { text: '{"jsonrpc":"2.0","id":ID,"result":3}' };
  const upstream = create({ encoding: 'proto', isCompiled: false });
  expect((await ask('[1, 2]', upstream)).bytes?.toString()).toBe('3');
  const strange = await askUpstream(upstream, '/calculator.Calculator/--help', Buffer.from('1'));
  expect(strange.status).toBe('12 unknown method /calculator.Calculator/--help');
});

const help =
  '\nAbout error & possible fixes: https://dev.singularitynet.io/docs/products/DecentralizedAIPlatform/Daemon/error-codes/#_1';

test.each<[string, { status?: number; text: string }, string]>([
  [
    'of the service',
    { text: '{"jsonrpc":"2.0","id":ID,"error":{"code":-32601,"message":"no such method"}}' },
    '13 json-rpc error; error: no such method',
  ],
  ['of another kind', { text: '{"id":ID,"error":"boom"}' }, '13 json-rpc error; error: "boom"'],
  ['without a result', { text: '{"id":ID}' }, '13 json-rpc error; error: result is null'],
  [
    'a null result',
    { text: '{"id":ID,"result":null}' },
    '13 json-rpc error; error: result is null',
  ],
  ['no object', { text: '[1]' }, '13 json-rpc error; error: the answer is no object'],
  [
    'of another request',
    { text: '{"id":1,"result":1}' },
    '13 json-rpc error; error: the answer is that of another request',
  ],
  ['of HTTP', { status: 503, text: 'later' }, `14 upstream http status 503: later${help}`],
])('error: an answer %s', async (_name, answer, status) => {
  says = answer;
  expect((await ask('{}')).status).toBe(status);
});

test('error: an answer that is no JSON', async () => {
  says = { text: '<html>' };
  expect((await ask('{}')).status).toMatch(/^13 json-rpc error; error: Unexpected token '<'/);
});

test('error: a message that is no JSON, and a stream', async () => {
  expect((await ask('{')).status).toBe('3 the message is not JSON');
  const stream = await askUpstream(create(), '/calculator.Calculator/watch', Buffer.from('{}'));
  expect(stream.status).toBe(
    '12 /calculator.Calculator/watch is a stream, and a service of type jsonrpc takes one message and gives one',
  );
});
