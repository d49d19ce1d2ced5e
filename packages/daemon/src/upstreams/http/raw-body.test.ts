import { compileProtos } from '@snetkit/protos';
import { expect, test } from 'vitest';
import { startJsonServer } from '../../../test/gateway/backends/json-server.ts';
import { askInJson } from '../../../test/upstreams/ask-upstream.ts';
import { createBackends } from '../backends.ts';
import { createHttpUpstream } from '../http.ts';
import { listServiceMethods } from '../service-methods.ts';

const protos = new Map([
  [
    'google/api/httpbody.proto',
    `syntax = "proto3"; package google.api;
message HttpBody { string content_type = 1; bytes data = 2; }`,
  ],
  [
    'pictures.proto',
    `syntax = "proto3"; package pictures;
import "google/api/annotations.proto";
import "google/api/httpbody.proto";
service Pictures {
  rpc Turn(Turning) returns (google.api.HttpBody) {
    option (google.api.http) = { put: "/turn/{degrees}" body: "picture" };
  }
}
message Turning { int32 degrees = 1; google.api.HttpBody picture = 2; }`,
  ],
]);

test('default: bodies that are no JSON go and come as bytes', async () => {
  let got = '';
  const server = await startJsonServer(({ request, text }, response) => {
    got = `${request.method} ${request.url} ${request.headers['content-type']} ${text}`;
    response.writeHead(200, { 'content-type': 'image/x-answer' });
    response.end(Buffer.from([0, 255, 1]));
  });
  const registry = compileProtos(protos);
  const upstream = createHttpUpstream({
    backends: createBackends({
      endpoints: [{ url: new URL(server.endpoint), weight: 1 }],
      check: () => Promise.resolve(),
      intervalMs: 1000,
    }),
    ...{ registry, methods: listServiceMethods(registry), encoding: 'proto' },
    ...{ serviceTimeoutMs: 20_000, maxMessageBytes: 1000, userAgent: 'snetd' },
  });
  const picture = { contentType: 'image/x-mine', data: Buffer.from('pixels').toString('base64') };
  expect(
    await askInJson(upstream, protos, '/pictures.Pictures/Turn', { degrees: 90, picture }),
  ).toEqual({ status: '0', answer: { contentType: 'image/x-answer', data: 'AP8B' } });
  expect(got).toBe('PUT /turn/90 image/x-mine pixels');
  await upstream.close();
  await server.stop();
});
