import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { JsonValue } from '@bufbuild/protobuf';
import { compileProtos } from '@snetkit/protos';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type JsonServer, startJsonServer } from '../../test/gateway/backends/json-server.ts';
import { askInJson, askUpstream } from '../../test/upstreams/ask-upstream.ts';
import { createBackends } from './backends.ts';
import { createHttpUpstream, type HttpUpstreamOptions } from './http.ts';
import { listServiceMethods } from './service-methods.ts';
import type { Upstream } from './upstream.ts';

const protos = new Map([
  [
    'library.proto',
    `syntax = "proto3";
package library.v1;
import "google/api/annotations.proto";
import "google/protobuf/struct.proto";
service Library {
  rpc Get(Name) returns (Book) { option (google.api.http) = { get: "/v1/{name=shelves/*/books/*}" }; }
  rpc List(Filter) returns (Books) {
    option (google.api.http) = { get: "/v1/books", response_body: "books" };
  }
  rpc Create(Creation) returns (Book) {
    option (google.api.http) = { post: "/v1/{shelf}/books" body: "book" };
  }
  rpc Update(Creation) returns (Book) {
    option (google.api.http) = { patch: "/v1/{book.name=shelves/**}:update" body: "book" };
  }
  rpc Replace(Creation) returns (Book) { option (google.api.http) = { put: "/v1/{shelf}" body: "*" }; }
  rpc Delete(Name) returns (Book) {
    option (google.api.http) = {
      delete: "/v1/books/{number}/{name}"
      additional_bindings { delete: "/v1/books/{number}" }
    };
  }
  rpc Plain(Book) returns (Book);
  rpc Anything(google.protobuf.Value) returns (google.protobuf.Value);
  rpc Watch(Name) returns (stream Book);
}
enum Kind { NOVEL = 0; POEM = 1; }
message Name { string name = 1; int64 number = 2; }
message Filter { repeated string tag = 1; Range pages = 2; Kind kind = 3; repeated Book like = 4; map<string, string> more = 5; bool new_only = 6; }
message Range { uint64 from = 1; int32 to = 2; }
message Books { repeated Book books = 1; }
message Book { string name = 1; uint64 serial = 2; repeated int64 parts = 3; bytes cover = 4; Kind kind = 5; double price = 6; map<string, uint64> stock = 7; }
message Creation { string shelf = 1; Book book = 2; bool dry_run = 3; }
`,
  ],
]);
const registry = compileProtos(protos);
const methods = listServiceMethods(registry);
const pathOf = (method: string) => `/library.v1.Library/${method}`;

let server: JsonServer;
/** What the service got, and what it says. */
let got: { line: string; headers: Record<string, unknown>; body: string };
let says: { status?: number; body?: string | Buffer; type?: string };

beforeAll(async () => {
  server = await startJsonServer(({ request, text }, response) => {
    got = { line: `${request.method} ${request.url}`, headers: request.headers, body: text };
    response.writeHead(says.status ?? 200, { 'content-type': says.type ?? 'application/json' });
    response.end(says.body ?? '{}');
  });
});
afterAll(() => server.stop());
beforeEach(() => {
  says = {};
});

function create(options: Partial<HttpUpstreamOptions> & { base?: string } = {}): Upstream {
  const { base = '/base/', ...more } = options;
  return createHttpUpstream({
    backends: createBackends({
      endpoints: [{ url: new URL(`${server.endpoint}${base}`), weight: 1 }],
      check: () => Promise.resolve(),
      intervalMs: 1000,
    }),
    ...{ methods, registry, encoding: 'proto', serviceTimeoutMs: 20_000 },
    maxMessageBytes: 1_000_000,
    userAgent: 'snetd/test',
    ...more,
  });
}

const ask = (method: string, message: JsonValue, upstream = create()) =>
  askInJson(upstream, protos, pathOf(method), message);

test('default: without a mapping everything is posted, as the official daemon does', async () => {
  says = { body: '{"name": "answer", "unknown": [1, {"x": null}]}' };
  const { status, answer } = await ask('Plain', {
    name: 'a"b',
    serial: '18446744073709551615',
    parts: ['-9223372036854775808', '1'],
    cover: 'AAEC',
    kind: 'POEM',
  });
  expect(status).toBe('0');
  expect(answer).toEqual({ name: 'answer' });
  expect(got.line).toBe('POST /base/Plain');
  expect(got.headers).toMatchObject({
    'content-type': 'application/json',
    'user-agent': 'snetd/test',
  });
  expect(got.body).toBe(
    '{"name":"a\\"b","serial":"18446744073709551615","parts":["-9223372036854775808","1"],"cover":"AAEC","kind":"POEM"}',
  );
});

test.each<[string, JsonValue, string, unknown]>([
  ['Get', { name: 'shelves/ä b/books/1?' }, 'GET /base/v1/shelves/%C3%A4%20b/books/1%3F', ''],
  [
    'Create',
    { shelf: 'a/b', book: { name: 'x' }, dryRun: true },
    'POST /base/v1/a%2Fb/books?dry_run=true',
    { name: 'x' },
  ],
  ['Create', { shelf: 's' }, 'POST /base/v1/s/books', {}],
  [
    'Update',
    { shelf: 's', book: { name: 'shelves/1/2', serial: '5' } },
    'PATCH /base/v1/shelves/1/2:update?shelf=s',
    { serial: '5' },
  ],
  [
    'Replace',
    { shelf: 's', book: { name: 'x' }, dryRun: true },
    'PUT /base/v1/s',
    { book: { name: 'x' }, dry_run: true },
  ],
  [
    'Delete',
    { name: 'n', number: '9007199254740993' },
    'DELETE /base/v1/books/9007199254740993/n',
    '',
  ],
  ['Delete', {}, 'DELETE /base/v1/books/0', ''],
  [
    'List',
    { tag: ['a', 'b&c'], pages: { from: '18446744073709551615', to: -1 }, kind: 'POEM' },
    'GET /base/v1/books?tag=a&tag=b%26c&pages.from=18446744073709551615&pages.to=-1&kind=POEM',
    '',
  ],
])('behavior: google.api.http of %s: %j', async (method, message, line, body) => {
  says = { body: method === 'List' ? '[]' : '{}' };
  expect(await ask(method, message)).toMatchObject({ status: '0' });
  expect(got.line).toBe(line);
  expect(got.body === '' ? '' : JSON.parse(got.body)).toEqual(body);
});

test('behavior: no digit of an answer is lost, and arrays stay arrays', async () => {
  says = {
    body: '{"serial": 18446744073709551615, "parts": [9007199254740993, "-9007199254740993", 1], "price": 12345678901234567890, "stock": {"a": 9007199254740993}}',
  };
  expect(await ask('Plain', {})).toEqual({
    status: '0',
    answer: {
      serial: '18446744073709551615',
      parts: ['9007199254740993', '-9007199254740993', '1'],
      price: 12345678901234567000,
      stock: { a: '9007199254740993' },
    },
  });
  says = { body: '[{"name": "a"}, {"serial": 9007199254740993}]' };
  const list = { books: [{ name: 'a' }, { serial: '9007199254740993' }] };
  expect(await ask('List', {})).toEqual({ status: '0', answer: list });
  says = { body: '[12345678901234567890, {"a": [9007199254740993]}]' };
  expect(await ask('Anything', [])).toEqual({
    status: '0',
    answer: [12345678901234567000, { a: [9007199254740992] }],
  });
});

test('behavior: an empty body is an empty message', async () => {
  says = { status: 204, body: '' };
  expect(await ask('Plain', { name: 'x' })).toEqual({ status: '0', answer: {} });
});

test('behavior: credentials in header, query and body', async () => {
  const credentials = [
    { key: 'X-Key', value: 'secret', location: 'header' },
    { key: 'token', value: 'a&b', location: 'query' },
    { key: 'account', value: { id: 9007199254740993n, tags: ['x'] }, location: 'body' },
  ] as const;
  const only = new Map([...methods].filter(([path]) => path === pathOf('Plain')));
  await ask(
    'Plain',
    { name: 'x', parts: ['9007199254740993'] },
    create({ credentials, methods: only }),
  );
  expect(got.line).toBe('POST /base/Plain?token=a%26b');
  expect(got.headers['x-key']).toBe('secret');
  expect(got.body).toBe(
    '{"name":"x","parts":["9007199254740993"],"account":{"id":9007199254740993,"tags":["x"]}}',
  );
});

test('behavior: a user in the endpoint is told to the service', async () => {
  const url = new URL(`${server.endpoint}/`);
  [url.username, url.password] = ['me', 'p@ss'];
  const backends = createBackends({
    endpoints: [{ url, weight: 1 }],
    check: () => Promise.resolve(),
    intervalMs: 1000,
  });
  await ask('Plain', {}, create({ backends }));
  expect(got.headers['authorization']).toBe(`Basic ${btoa('me:p@ss')}`);
});

test('error: a credential in the body of a method without one', () => {
  const credentials = [{ key: 'k', value: 'v', location: 'body' }] as const;
  expect(() => create({ credentials })).toThrow(
    `A credential has no place in a request without a body.
Place: service_credentials
Expected: location header or query
Found: location body, and /library.v1.Library/Get: option (google.api.http) sends GET without a body
Fix: Give the credential another location, or the method a body.`,
  );
});

test('behavior: who pays and the trace are told, nothing else of the metadata', async () => {
  await askUpstream(create(), pathOf('Plain'), new Uint8Array(), {
    metadata: { traceparent: '00-1-2-00', 'x-mine': '1', cookie: 'a=b' },
    set: { 'snet-user-address': '0xPayer', 'snet-daemon-debug': 'streamIntercept' },
  });
  expect(got.headers).toMatchObject({ traceparent: '00-1-2-00', 'snet-user-address': '0xPayer' });
  for (const name of ['x-mine', 'cookie', 'snet-daemon-debug'])
    expect(got.headers).not.toHaveProperty(name);
});

test('behavior: JSON services get and give every byte as it is', async () => {
  const upstream = create({ encoding: 'json' });
  const text = '{ "name": "x", "price": 1.50, "big": 123456789012345678901234567890 }';
  says = { body: ' {"serial":18446744073709551616, "price": 2.0}' };
  const { status, bytes } = await askUpstream(upstream, pathOf('Plain'), Buffer.from(text));
  expect([status, bytes?.toString(), got.body]).toEqual(['0', says.body, text]);

  says = { body: '[{"serial":18446744073709551616}]' };
  const filter = '{"pages":{"from":18446744073709551615},"tag":["x"]}';
  const list = await askUpstream(upstream, pathOf('List'), Buffer.from(filter));
  expect(list.bytes?.toString()).toBe('{"books":[{"serial":18446744073709551616}]}');
  expect(got.line).toBe('GET /base/v1/books?pages.from=18446744073709551615&tag=x');
});

const help =
  '\nAbout error & possible fixes: https://dev.singularitynet.io/docs/products/DecentralizedAIPlatform/Daemon/error-codes/#_';

test.each([
  [400, 3],
  [401, 14],
  [403, 14],
  [404, 5],
  [405, 12],
  [409, 10],
  [412, 9],
  [413, 8],
  [422, 3],
  [429, 8],
  [499, 1],
  [500, 13],
  [501, 12],
  [503, 14],
  [504, 4],
  [302, 14],
  [599, 14],
])('error: HTTP status %i becomes %i', async (status, code) => {
  says = { status, body: 'the reason' };
  expect((await ask('Plain', {})).status).toBe(
    `${code} upstream http status ${status}: the reason${help}1`,
  );
});

test('error: answers that are no such message', async () => {
  says = { body: 'not json' };
  expect((await ask('Plain', {})).status).toMatch(
    /^13 the answer of the service is no library\.v1\.Book: .*not json.*/,
  );
  says = { body: '{"parts": "x"}' };
  expect((await ask('Plain', {})).status).toMatch(
    /^13 the answer of the service is no library\.v1\.Book: .*parts/,
  );
  says = { body: '{"kind": {}}' };
  expect((await ask('Plain', {})).status).toMatch(/^13 .*#_3$/s);
});

test('error: a body beyond the limit is not read to its end', async () => {
  says = { body: Buffer.alloc(3_000_000, '1') };
  expect((await ask('Plain', {})).status).toBe(
    '8 the service answered with a body of more than 2065536 bytes',
  );
});

test('error: requests that do not fit', async () => {
  expect((await ask('Get', { name: 'elsewhere/1' })).status).toBe(
    '3 the message does not fit the path of Get: check name',
  );
  for (const name of ['shelves/../books/..', 'shelves/./books/1']) {
    expect((await ask('Get', { name })).status).toBe(
      '3 the message does not fit the path of Get: check name',
    );
  }
  expect((await ask('Create', { shelf: '..' })).status).toMatch(/^3 the message does not fit/);
  expect((await ask('List', { like: [{ name: 'x' }] })).status).toBe(
    '3 the field like cannot be sent: a query holds no maps and no lists of messages',
  );
  expect((await ask('List', { more: { a: 'b' } })).status).toMatch(
    /^3 the field more cannot be sent/,
  );
  const garbage = await askUpstream(create(), pathOf('Plain'), Buffer.from([0xff]));
  expect(garbage.status).toMatch(/^3 the message is no library\.v1\.Book: /);
});

test('error: methods that are unknown, or streams', async () => {
  const unknown = await askUpstream(create(), '/other.Service/Plain', new Uint8Array());
  expect(unknown.status).toBe('12 unknown method /other.Service/Plain');
  const stream = await askUpstream(create(), pathOf('Watch'), new Uint8Array());
  expect(stream.status).toBe(
    '12 /library.v1.Library/Watch is a stream, and a service of type http takes one message and gives one',
  );
});

test('error: mappings that cannot be followed', () => {
  const rule = { body: '', responseBody: '', additionalBindings: [] };
  const createWith = (path: string) => () =>
    create({
      rules: new Map([
        [pathOf('Get'), { ...rule, pattern: { case: 'get' as const, value: path } }],
      ]),
    });
  const messageOf = (
    expected: string,
    found: string,
  ) => `The HTTP mapping of Get cannot be followed.
Place: service_http_rules: /library.v1.Library/Get
Expected: ${expected}
Found: ${found}
Fix: Correct the google.api.http option of the method, or set service_http_rules.`;
  expect(createWith('v1')).toThrow(messageOf('a path that starts with /', 'v1'));
  expect(createWith('/v1/*')).toThrow(
    messageOf('a path whose * are all inside of variables', '/v1/*'),
  );
  expect(createWith('/v1/{title}')).toThrow(messageOf('a field of library.v1.Name', 'title'));
  expect(createWith('/v1/{na me}')).toThrow(
    messageOf('a variable such as {id} or {name=shelves/*}, not {na me}', '/v1/{na me}'),
  );
});

test('error: a service that is not there', async () => {
  const gone = createHttpUpstream({
    backends: createBackends({
      endpoints: [{ url: new URL('http://127.0.0.1:1'), weight: 1 }],
      check: () => Promise.resolve(),
      intervalMs: 1000,
    }),
    ...{ methods, registry, encoding: 'proto', serviceTimeoutMs: 20_000 },
    ...{ maxMessageBytes: 1_000_000, userAgent: 'snetd/test' },
  });
  expect((await ask('Plain', {}, gone)).status).toBe(
    `13 can't connect to service connect ECONNREFUSED 127.0.0.1:1${help}1`,
  );
});

test('behavior: TLS with an authority of one’s own, and a certificate of the daemon', async () => {
  const read = (name: string) =>
    readFileSync(new URL(`../../test/transport/fixtures/${name}`, import.meta.url), 'utf8');
  const [cert, key] = [read('localhost-cert.pem'), read('localhost-key.pem')];
  const secure = createServer({ cert, key, ca: cert, requestCert: true }, (request, response) => {
    const { authorized } = request.socket as TLSSocket;
    response.end(JSON.stringify({ name: `authorized: ${authorized}` }));
  });
  secure.listen(0, '127.0.0.1');
  await once(secure, 'listening');
  const { port } = secure.address() as AddressInfo;
  const backends = () =>
    createBackends({
      endpoints: [{ url: new URL(`https://localhost:${port}`), weight: 1 }],
      check: () => Promise.resolve(),
      intervalMs: 1000,
    });
  const trusting = create({ backends: backends(), ca: cert, cert, key });
  expect(await ask('Plain', {}, trusting)).toEqual({
    status: '0',
    answer: { name: 'authorized: true' },
  });
  const { status } = await ask('Plain', {}, create({ backends: backends() }));
  expect(status).toMatch(/^13 can't connect to service self-signed certificate/);
  await trusting.close();
  secure.close();
});
