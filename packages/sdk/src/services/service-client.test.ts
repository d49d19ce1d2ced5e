import type { FundingEvent, PaymentReceipt } from '@snetkit/payments';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';
import { CallError } from '../calls/call-error.ts';
import type { SnetEngine } from '../engine/snet-engine.ts';
import type { MessageObject } from '../messages/message-object.ts';
import type { ServiceClient } from './service-client.ts';

const ids = { organizationId: 'local', serviceId: 'text' };
const receipts: PaymentReceipt[] = [];
const funding: FundingEvent[] = [];
let network: TestNetwork;
let engine: SnetEngine;
let service: ServiceClient;
let price: bigint;

beforeAll(async () => {
  network = await startNetwork();
  engine = network.createEngine({ funding: { callsAhead: 100n } });
  service = await engine.createServiceClient({
    ...ids,
    onPayment: (receipt) => receipts.push(receipt),
    onFunding: (event) => funding.push(event),
  });
  price = network.devnet.price;
});

afterAll(() => network?.[Symbol.asyncDispose]());

/** What the calls made by `run` were charged, as the daemon has it. */
async function charged(run: () => Promise<unknown>): Promise<bigint> {
  const [channel] = await engine.channels.list();
  const before = channel === undefined ? 0n : (await network.askDaemon(channel.id)).top;
  await run();
  return (await network.askDaemon(channel?.id ?? 0n)).top - before;
}

async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}

const german = 'Guten Morgen, wie geht es Ihnen heute?';

test('default', async () => {
  const own: PaymentReceipt[] = [];
  const cost = await charged(async () => {
    const reply = await service.call(
      'Detect',
      { text: german },
      { onPayment: (one) => own.push(one) },
    );
    expect(reply).toMatchObject({
      detection: { language: { code: 'de', name: 'German' }, reliable: true },
    });
  });
  expect(cost).toBe(price);
  const receipt = { type: 'escrow', price, channelId: 0n, nonce: 0n, amount: price };
  expect(own).toEqual([{ ...receipt, signedBefore: 0n }]);
  expect(receipts).toEqual(own);
  expect(funding).toEqual([
    {
      kind: 'channelOpened',
      channelId: 0n,
      amount: 100n * price,
      expiration: expect.any(BigInt),
      transactionHash: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    },
  ]);
});

test('behavior: a server stream', async () => {
  const cost = await charged(async () => {
    const replies = await collect(
      service.serverStream('DetectMany', { texts: [german, 'Bonjour tout le monde, ça va ?'] }),
    );
    expect(replies).toMatchObject([
      { index: 0, detection: { language: { code: 'de' } } },
      { index: 1, detection: { language: { code: 'fr' } } },
    ]);
  });
  expect(cost).toBe(price);
});

test('behavior: a client stream', async () => {
  const cost = await charged(async () => {
    const reply = await service.clientStream('Summarise', [
      { text: 'One sentence. ' },
      { text: 'Another sentence.' },
    ]);
    expect(reply).toMatchObject({ pieces: 2, words: 4n, sentences: 2n });
  });
  expect(cost).toBe(price);
});

test('behavior: both sides stream; each answer comes before the next question', async () => {
  const answered: MessageObject[] = [];
  const waiting = Promise.withResolvers<void>();
  async function* ask() {
    yield { text: german };
    await waiting.promise;
    yield { text: 'Bonjour tout le monde, comment allez-vous ?' };
  }
  const cost = await charged(async () => {
    for await (const answer of service.bidi('Chat', ask())) {
      answered.push(answer);
      waiting.resolve();
    }
  });
  expect(answered).toMatchObject([{ language: { code: 'de' } }, { language: { code: 'fr' } }]);
  expect(cost).toBe(price);
});

test('behavior: bytes and metadata reach the service', async () => {
  const data = crypto.getRandomValues(new Uint8Array(1000));
  const reply = await service.call(
    'TextService/Echo',
    { data, withMetadata: true },
    { headers: { 'x-note': 'hello' } },
  );
  expect(reply['data']).toEqual(data);
  expect(reply['metadata']).toMatchObject({ 'x-note': 'hello' });
});

test('behavior: the daemon tells how a channel stands', async () => {
  const state = await service.getChannelState(0n);
  const [channel] = await engine.channels.list();
  expect(state).toMatchObject({ nonce: 0n, top: channel?.signed, open: [], claimed: 0n });
  expect(state.value).toBe(100n * price);
});

test('error: the state of a channel that is not there', async () => {
  const error = await catchError(() => service.getChannelState(99n));
  expect(error.message).toBe(
    `The channel is not on the chain.\nPlace: channel 99 of ${network.devnet.contracts.mpe}`,
  );
});

test('behavior: methods with kinds, fields and prices', () => {
  expect(service.getMethods().map(({ name, kind }) => [name, kind])).toEqual([
    ['Detect', 'unary'],
    ['DetectMany', 'server_streaming'],
    ['Summarise', 'client_streaming'],
    ['Chat', 'bidi_streaming'],
    ['Slow', 'unary'],
    ['Fail', 'unary'],
    ['FailAfter', 'server_streaming'],
    ['Echo', 'unary'],
  ]);
  expect(service.getMethod('text.v1.TextService/Slow')).toEqual({
    path: '/text.v1.TextService/Slow',
    service: 'text.v1.TextService',
    name: 'Slow',
    kind: 'unary',
    input: 'text.v1.SlowRequest',
    inputFields: ['text', 'delayMs'],
    output: 'text.v1.SlowReply',
    price,
  });
  expect(service.getPrice('/text.v1.TextService/Detect')).toBe(price);
});

test('error: the status of the service, and nothing is charged', async () => {
  let error: CallError | undefined;
  const cost = await charged(async () => {
    const fault = { code: 5, message: 'no such thing: 100 % gone' };
    error = (await catchError(() => service.call('Fail', { fault }))) as CallError;
  });
  expect(error).toBeInstanceOf(CallError);
  expect(error?.status).toEqual({ code: 5, message: 'no such thing: 100 % gone' });
  expect(error?.message).toBe(
    [
      'The service answered with an error.',
      `Place: /text.v1.TextService/Fail at ${network.devnet.endpoint}`,
      'Found: NOT_FOUND (5): no such thing: 100 % gone',
    ].join('\n'),
  );
  expect(cost).toBe(0n);
});

test('error: a status after some messages', async () => {
  const seen: MessageObject[] = [];
  const fault = { code: 8, message: 'enough' };
  const error = await catchError(async () => {
    for await (const one of service.serverStream('FailAfter', { messages: 2, fault }))
      seen.push(one);
  });
  expect(seen).toEqual([{ index: 0 }, { index: 1 }]);
  expect(error.found).toBe('RESOURCE_EXHAUSTED (8): enough');
  // The next call goes through: the client knows what was charged, or finds out.
  expect(await service.call('Detect', { text: german })).toHaveProperty('detection');
});

test('error: a field that the message does not know; nothing is charged', async () => {
  const cost = await charged(async () => {
    const error = await catchError(() => service.call('Detect', { txt: german }));
    expect(error.message).toBe(
      [
        'The message text.v1.DetectRequest has no field "txt".',
        'Expected: one of text',
        'Found: txt',
      ].join('\n'),
    );
  });
  expect(cost).toBe(0n);
});

test('error: a wrong message within a stream of requests ends the call', async () => {
  const error = await catchError(() =>
    service.clientStream('Summarise', [{ text: 'fine' }, { text: 5 }]),
  );
  expect(error.message).toBe(
    'The field text of text.v1.SummariseRequest cannot hold this value.\nExpected: a text\nFound: 5',
  );
  expect(await service.call('Detect', { text: german })).toHaveProperty('detection');
});

test('error: a method that streams in another way', async () => {
  const error = await catchError(() => service.call('DetectMany', { texts: [] }));
  expect(error.message).toBe(
    [
      'The method streams in another way than call does.',
      'Place: /text.v1.TextService/DetectMany',
      'Expected: serverStream',
      'Found: call',
    ].join('\n'),
  );
});

test('error: a price above the limit, before anything is signed', async () => {
  const error = await catchError(() =>
    engine.createServiceClient({ ...ids, maxPrice: price - 1n }),
  );
  expect(error.code).toBe('PRICE_ABOVE_LIMIT');
});

test('error: nobody listens at the endpoint', async () => {
  const lost = await engine.createServiceClient({ ...ids, endpoint: 'http://127.0.0.1:1/' });
  const error = await catchError(() =>
    lost.call('Detect', { text: german }, { timeoutMs: 20_000 }),
  );
  expect(error.code).toBe('SERVICE_UNREACHABLE');
  await lost.close();
});

test('error: a client that is closed', async () => {
  const other = await engine.createServiceClient(ids);
  const running = catchError(() => other.call('Slow', { text: german, delayMs: 60_000 }));
  await other.close();
  await other.close();
  expect((await running).message).toBe('The service client is closed.\nPlace: local/text');
  const late = await catchError(() => other.call('Detect', { text: german }));
  expect(late.code).toBe('CLIENT_CLOSED');
});
