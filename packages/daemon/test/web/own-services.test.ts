import { create, createFileRegistry, fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { createClient } from '@connectrpc/connect';
import { createConnectTransport, createGrpcTransport } from '@connectrpc/connect-node';
import {
  HealthCheckRequestSchema,
  HealthCheckResponse_ServingStatus,
  HealthCheckResponseSchema,
} from '@snetkit/protos/health';
import { PaymentChannelStateService } from '@snetkit/protos/state';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerReflection } from '../../src/gen/grpc/reflection/v1/reflection_pb.ts';
import { ServerReflection as ServerReflectionAlpha } from '../../src/gen/grpc/reflection/v1alpha/reflection_pb.ts';
import { createHttpHandler } from '../../src/services/http.ts';
import { createOwnServices, isOwnPath, ownServiceList } from '../../src/services/own-services.ts';
import { testConfiguration, testHealth } from '../services/start-own-services.ts';
import { type RawService, startRawService } from '../transport/raw-service.ts';
import { startTransport, type Transport } from '../transport/start-transport.ts';
import { startWebCall, webWays } from './web-call.ts';

const protoFiles = new Map([
  [
    'calc.proto',
    'syntax = "proto3"; package calc; import "types.proto"; service Calc { rpc Add(Numbers) returns (Numbers); }',
  ],
  [
    'types.proto',
    'syntax = "proto3"; package calc; message Numbers { double a = 1; double b = 2; }',
  ],
]);

let service: RawService;
let transport: Transport;
let url: string;

beforeAll(async () => {
  service = await startRawService((call) => call.end());
  transport = await start({ own: ownServiceList, published: () => protoFiles });
  url = transport.listener.endpoint;
});
afterAll(async () => {
  await transport[Symbol.asyncDispose]();
  await service.stop();
});

function start(reflection: Parameters<typeof createOwnServices>[0]['reflection']) {
  const handler = createOwnServices({
    health: testHealth(),
    configuration: testConfiguration(),
    channelState: undefined,
    reflection,
    maxMessageBytes: 4 * 2 ** 20,
    counters: { serviceRequests: 0 },
    onFault: (fault) => expect(fault).toBeUndefined(),
  });
  return startTransport(service, {
    ownServices: { owns: isOwnPath, handler },
    http1: createHttpHandler({
      heartbeat: async () => '{}\n',
      ready: async () => [],
      encoding: 'proto',
    }),
  });
}

const check = '/grpc.health.v1.Health/Check';

describe.each(webWays)('gRPC-web over HTTP/$http, text: $isText', (way) => {
  test('default: an own service answers, and a page may read it', async () => {
    const origin = 'https://app.example';
    const call = startWebCall(url, way, { path: check, headers: { origin } });
    call.send(toBinary(HealthCheckRequestSchema, create(HealthCheckRequestSchema)));
    call.end();
    const end = await call.ended;

    const { status } = fromBinary(HealthCheckResponseSchema, end.messages[0] as Buffer);
    expect(status).toBe(HealthCheckResponse_ServingStatus.SERVING);
    expect(end.trailers).toMatchObject({ 'grpc-status': '0' });
    expect(end.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': expect.stringContaining('grpc-status, grpc-message'),
    });
  });

  test('error: what an own service refuses', async () => {
    const path = '/escrow.FreeCallStateService/GetFreeCallToken';
    const call = startWebCall(url, way, { path });
    call.send('');
    call.end();
    const { headers, trailers } = await call.ended;

    const status = { ...headers, ...trailers };
    expect(status['grpc-status']).toBe('2');
    expect(decodeURIComponent(String(status['grpc-message']))).toBe(
      'error in generating token because blockchain is disabled, contact service provider',
    );
  });

  test('behavior: paid methods of training take the way of a call', async () => {
    const { totalCalls } = transport.listener.counters;
    const call = startWebCall(url, way, { path: '/training.Daemon/train_model' });
    call.send('');
    call.end();

    expect((await call.ended).headers).toMatchObject({ 'grpc-status': '0' });
    expect(transport.listener.counters.totalCalls).toBe(totalCalls + 1);
  });
});

test.each(webWays.filter(({ isText }) => isText))(
  'error: an own service gets text that is no base64, HTTP/$http',
  async (way) => {
    const call = startWebCall(url, way, { path: check });
    call.write('$$$$');
    call.end();
    const { headers, trailers } = await call.ended;
    const status = { ...headers, ...trailers };
    expect(status['grpc-status']).toBe('13');
    expect(decodeURIComponent(String(status['grpc-message']))).toBe(
      'malformed base64 in a request of gRPC-web text',
    );
  },
);

test.each(['application/json', 'application/x-www-form-urlencoded'])(
  'default: Connect with a body of JSON sent as %s',
  async (contentType) => {
    const answer = await fetch(url + check, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: '{}',
    });

    expect(answer.headers.get('content-type')).toBe('application/json');
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'SERVING' }]);
  },
);

test('error: a refusal in Connect', async () => {
  const answer = await fetch(`${url}/escrow.FreeCallStateService/GetFreeCallToken`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });

  expect([answer.status, await answer.json()]).toEqual([
    500,
    {
      code: 'unknown',
      message: 'error in generating token because blockchain is disabled, contact service provider',
    },
  ]);
});

test('error: nothing is paid for in Connect', async () => {
  const answer = await fetch(`${url}/training.Daemon/train_model`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });

  expect([answer.status, await answer.json()]).toEqual([
    501,
    {
      code: 'unimplemented',
      message: '/training.Daemon/train_model is paid for: call it in gRPC or gRPC-web',
    },
  ]);
});

test('error: a request of HTTP/1.0 that names no host', async () => {
  const { connect } = await import('node:net');
  const socket = connect(transport.listener.port, '127.0.0.1');
  socket.end(
    `POST ${check} HTTP/1.0\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}`,
  );
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk);

  expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 400 /);
  expect(transport.faults).toEqual([]);
});

test('behavior: library clients of Connect, both versions of HTTP', async () => {
  for (const httpVersion of ['1.1', '2'] as const) {
    for (const useBinaryFormat of [true, false]) {
      const each = createConnectTransport({ baseUrl: url, httpVersion, useBinaryFormat });
      const { currentNonce } = await createClient(PaymentChannelStateService, each).getChannelState(
        {},
      );
      expect(currentNonce).toHaveLength(0);
    }
  }
});

describe.each([ServerReflection, ServerReflectionAlpha])('$typeName', (reflection) => {
  async function ask(messageRequest: { case: string; value: unknown }, baseUrl = url) {
    const client = createClient(
      reflection as typeof ServerReflection,
      createGrpcTransport({ baseUrl }),
    );
    const requests = (async function* () {
      yield { host: 'here', messageRequest: messageRequest as never };
    })();
    for await (const { messageResponse } of client.serverReflectionInfo(requests)) {
      return messageResponse;
    }
    return undefined;
  }

  test('default: services of the daemon and of the service behind it', async () => {
    const answer = await ask({ case: 'listServices', value: '' });

    expect(
      answer?.case === 'listServicesResponse' && answer.value.service.map(({ name }) => name),
    ).toEqual([
      'calc.Calc',
      'configuration_service.ConfigurationService',
      'escrow.FreeCallStateService',
      'escrow.PaymentChannelStateService',
      'escrow.ProviderControlService',
      'escrow.TokenService',
      'grpc.health.v1.Health',
      'grpc.reflection.v1.ServerReflection',
      'grpc.reflection.v1alpha.ServerReflection',
      'training.Daemon',
    ]);
  });

  test.each([
    ['fileContainingSymbol', 'calc.Calc', 'calc.proto'],
    ['fileContainingSymbol', 'calc.Calc.Add', 'calc.proto'],
    ['fileContainingSymbol', 'calc.Numbers.a', 'types.proto'],
    ['fileContainingSymbol', 'training.Daemon', 'training_daemon.proto'],
    ['fileByFilename', 'types.proto', 'types.proto'],
    ['fileByFilename', 'google/protobuf/descriptor.proto', 'google/protobuf/descriptor.proto'],
    [
      'fileContainingExtension',
      { containingType: 'google.protobuf.MethodOptions', extensionNumber: 50001 },
      'training.proto',
    ],
  ])('behavior: %s %j, with what it imports', async (kind, value, file) => {
    const answer = await ask({ case: kind, value });
    const found = answer?.case === 'fileDescriptorResponse' ? answer.value.fileDescriptorProto : [];
    const protos = found.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));

    expect(protos[0]?.name).toBe(file);
    // Whole: nothing that is imported is missing.
    const set = create(FileDescriptorSetSchema, { file: protos.toReversed() });
    expect(createFileRegistry(inOrder(set)).getFile(file)?.proto.name).toBe(file);
  });

  test('behavior: numbers of the extensions of a message', async () => {
    const type = 'google.protobuf.MethodOptions';
    const answer = await ask({ case: 'allExtensionNumbersOfType', value: type });

    expect(answer).toMatchObject({
      case: 'allExtensionNumbersResponse',
      value: {
        baseTypeName: type,
        extensionNumber: [50001, 50002, 50003, 50004, 50005, 50006, 50007, 50008, 9999197],
      },
    });
  });

  test.each([
    ['fileContainingSymbol', 'no.Such', 5, 'symbol "no.Such" is not known here'],
    ['fileByFilename', 'no.proto', 5, 'file "no.proto" is not known here'],
    [
      'fileContainingExtension',
      { containingType: 'a.B', extensionNumber: 7 },
      5,
      'extension 7 of "a.B" is not known here',
    ],
    ['allExtensionNumbersOfType', 'a.B', 5, 'message "a.B" is not known here'],
    [undefined, undefined, 3, 'the request asks for nothing'],
  ])('error: %s %j', async (kind, value, errorCode, errorMessage) => {
    expect(await ask({ case: kind as string, value })).toMatchObject({
      case: 'errorResponse',
      value: { errorCode, errorMessage },
    });
  });

  test('error: switched off', async () => {
    await using silent = await start(undefined);
    const { endpoint } = silent.listener;

    await expect(ask({ case: 'listServices', value: '' }, endpoint)).rejects.toThrow(
      `[unimplemented] unknown method ServerReflectionInfo for service ${reflection.typeName}`,
    );
  });
});

/** Imports before those who import them. */
function inOrder(set: ReturnType<typeof create<typeof FileDescriptorSetSchema>>) {
  const byName = new Map(set.file.map((file) => [file.name, file]));
  const done = new Set<string>();
  const file: typeof set.file = [];
  const visit = (name: string) => {
    const proto = byName.get(name);
    if (proto === undefined || done.has(name)) return;
    done.add(name);
    for (const imported of proto.dependency) visit(imported);
    file.push(proto);
  };
  for (const { name } of set.file) visit(name);
  return create(FileDescriptorSetSchema, { file });
}
