import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Health, HealthCheckResponse_ServingStatus } from '../gen/grpc/health/v1/health_pb.ts';
import { TextService } from '../gen/text/v1/text_service_pb.ts';
import { type ExampleService, startExampleService } from './start-example-service.ts';

let service: ExampleService;
const texts = ['Where is the nearest library, please?', 'Wo ist die nächste Bibliothek, bitte?'];

beforeAll(async () => {
  service = await startExampleService();
});

afterAll(() => service.stop());

function client() {
  return createClient(TextService, createGrpcTransport({ baseUrl: service.endpoint }));
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of stream) all.push(item);
  return all;
}

async function failure(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = ConnectError.from(
    await promise.then(
      () => undefined,
      (reason) => reason,
    ),
  );
  return { code: Code[error.code] ?? '', message: error.rawMessage };
}

test('default: a unary call detects a language', async () => {
  const { detection } = await client().detect({ text: texts[1]! });
  expect(detection?.language).toMatchObject({ code: 'de', name: 'German' });
  expect(detection?.reliable).toBe(true);
  expect(detection?.candidates[0]?.language?.code).toBe('de');
});

test('behavior: a server stream answers each text in order', async () => {
  const replies = await collect(client().detectMany({ texts }));
  expect(replies.map((reply) => [reply.index, reply.detection?.language?.code])).toEqual([
    [0, 'en'],
    [1, 'de'],
  ]);
});

test('behavior: a client stream is joined and counted', async () => {
  async function* pieces() {
    yield { text: 'A language is a dialect. A dialect ' };
    yield { text: 'is a language.' };
  }
  const reply = await client().summarise(pieces());
  expect(reply).toMatchObject({ pieces: 2, characters: 49n, words: 10n, sentences: 2n });
  expect(reply.detection?.language?.code).toBe('en');
  expect(reply.frequentWords).toMatchObject([
    { word: 'dialect', count: 2n },
    { word: 'language', count: 2n },
  ]);
});

test('behavior: a conversation is answered message by message', async () => {
  const received = Promise.withResolvers<void>();
  async function* messages() {
    yield { text: texts[0]! };
    // The second message leaves only when the answer to the first one has arrived.
    await received.promise;
    yield { text: texts[1]! };
  }
  const replies: string[] = [];
  for await (const reply of client().chat(messages())) {
    replies.push(`${reply.language?.code}: ${reply.text}`);
    received.resolve();
  }
  expect(replies).toEqual([
    'en: That is English. Do go on!',
    'de: Das ist Deutsch. Erzählen Sie weiter!',
  ]);
});

test('behavior: text without a language is und', async () => {
  const { detection } = await client().detect({ text: '12345' });
  expect(detection).toMatchObject({ language: { code: 'und', name: 'Unknown' }, reliable: false });
});

test('behavior: a slow call takes its time', async () => {
  const started = performance.now();
  const reply = await client().slow({ text: texts[0]!, delayMs: 120 });
  expect(performance.now() - started).toBeGreaterThanOrEqual(119);
  expect(reply).toMatchObject({ delayedMs: 120, detection: { language: { code: 'en' } } });
});

test('behavior: a slow call whose caller leaves is cancelled in the service', async () => {
  const cancelled = service.waitForEvent(({ event }) => event === 'cancelled');
  const caller = new AbortController();
  const oneConnection = client();
  const call = failure(oneConnection.slow({ delayMs: 600_000 }, { signal: caller.signal }));
  // The service must have the call before the caller leaves: when a later one is answered, it has.
  await oneConnection.echo({});
  caller.abort();
  expect(await call).toEqual({ code: 'Canceled', message: 'This operation was aborted' });
  expect(await cancelled).toEqual({ event: 'cancelled', method: 'Slow' });
});

test('error: Fail ends with the given status', async () => {
  const call = client().fail({ fault: { code: Code.OutOfRange, message: 'no such page' } });
  expect(await failure(call)).toEqual({ code: 'OutOfRange', message: 'no such page' });
});

test('args: Fail refuses a code that no status has', async () => {
  const call = client().fail({ fault: { code: 17, message: '' } });
  expect(await failure(call)).toEqual({
    code: 'InvalidArgument',
    message: 'fault.code must be 0 to 16, not 17',
  });
});

test('error: FailAfter sends its messages, then the status', async () => {
  const indexes: number[] = [];
  const call = (async () => {
    const fault = { code: Code.DataLoss, message: 'torn' };
    for await (const reply of client().failAfter({ messages: 3, fault })) indexes.push(reply.index);
  })();
  expect(await failure(call)).toEqual({ code: 'DataLoss', message: 'torn' });
  expect(indexes).toEqual([0, 1, 2]);
});

test('behavior: FailAfter with code 0 ends well', async () => {
  expect(await collect(client().failAfter({ messages: 2 }))).toHaveLength(2);
});

test('behavior: Echo returns 8 MiB, and the metadata when asked', async () => {
  const data = new Uint8Array(8 << 20).map((_, index) => index % 251);
  const plain = await client().echo({ data });
  expect(Buffer.compare(plain.data, data)).toBe(0);
  expect(plain.metadata).toEqual({});
  const headers = { 'x-word': 'hello', 'x-blob-bin': 'AQI' };
  const { metadata } = await client().echo({ withMetadata: true }, { headers });
  expect(metadata).toMatchObject({ 'x-word': 'hello', 'x-blob-bin': 'AQI=' });
});

test('behavior: health answers for the server and for the service', async () => {
  const health = createClient(Health, createGrpcTransport({ baseUrl: service.endpoint }));
  const serving = { status: HealthCheckResponse_ServingStatus.SERVING };
  expect(await health.check({})).toMatchObject(serving);
  expect(await health.check({ service: 'text.v1.TextService' })).toMatchObject(serving);
  expect(await failure(health.check({ service: 'nobody' }))).toEqual({
    code: 'NotFound',
    message: 'unknown service nobody',
  });
});

test('behavior: stop ends the process', async () => {
  const other = await startExampleService();
  await other.stop();
  expect(await other.exited).toEqual({ code: null, signal: 'SIGTERM' });
  expect(() => process.kill(other.pid, 0)).toThrow('ESRCH');
});
