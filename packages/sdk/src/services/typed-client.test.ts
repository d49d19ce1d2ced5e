import { create, type DescMethod, type Message } from '@bufbuild/protobuf';
import { createRouterTransport } from '@connectrpc/connect';
import { compileProtos, findMethod } from '@snetkit/protos';
import { expect, test } from 'vitest';
import type { CallOptions } from '../calls/call-options.ts';
import type { PreparedCall } from '../calls/run-call.ts';
import { createTypedClient } from './typed-client.ts';

const registry = compileProtos(
  new Map([
    [
      'echo.proto',
      `syntax = "proto3"; package echo; message Text { string text = 1; }
       service Echo {
         rpc Say(Text) returns (Text);
         rpc Repeat(Text) returns (stream Text);
         rpc Join(stream Text) returns (Text);
         rpc Chat(stream Text) returns (stream Text);
         rpc then(Text) returns (Text);
       }`,
    ],
  ]),
);
const service = findMethod(registry, 'echo.Echo/Say').parent;
const { input } = findMethod(registry, 'echo.Echo/Say');

type Text = Message & { text: string };
const make = (text: string) => create(input, { text }) as unknown as Text;

const transport = createRouterTransport(({ service: add }) => {
  add(service, {
    say: (request: Message) => make(`${(request as Text).text}!`),
    async *repeat(request: Message) {
      yield make((request as Text).text);
      yield make((request as Text).text);
    },
    async join(requests: AsyncIterable<Message>) {
      let text = '';
      for await (const request of requests) text += (request as Text).text;
      return make(text);
    },
    async *chat(requests: AsyncIterable<Message>) {
      for await (const request of requests) yield make((request as Text).text.toUpperCase());
    },
    // biome-ignore lint/suspicious/noThenProperty: that is what is tested
    then: (request: Message) => request,
  } as never);
});

const asked: [string, CallOptions][] = [];
const finished: string[] = [];

function prepare(method: DescMethod, options: CallOptions): PreparedCall {
  asked.push([method.name, options]);
  const { signal } = new AbortController();
  const failed = { path: '/x', endpoint: 'x', signal, timeoutMs: 10_000, startedAt: 0 };
  const payment = { leave: async () => {} } as PreparedCall['payment'];
  const finish = (outcome: string) => {
    finished.push(outcome);
  };
  return { method, transport, headers: {}, payment, failed, signal, finish };
}

type Loose = Record<string, (...args: unknown[]) => Promise<Text> & AsyncIterable<Text>>;
const client = createTypedClient(service, prepare) as unknown as Loose;

async function collect(replies: AsyncIterable<Text> | undefined): Promise<string[]> {
  const texts: string[] = [];
  for await (const { text } of replies ?? []) texts.push(text);
  return texts;
}

test('default: every kind of method is a function', async () => {
  expect(await client['say']?.({ text: 'a' }, { timeoutMs: 7 })).toMatchObject({ text: 'a!' });
  expect(asked).toEqual([['Say', { timeoutMs: 7 }]]);
  expect(await collect(client['repeat']?.({ text: 'b' }))).toEqual(['b', 'b']);
  expect(await client['join']?.([{ text: 'c' }, make('d')])).toMatchObject({ text: 'cd' });
  async function* pieces() {
    yield { text: 'e' };
    yield { text: 'f' };
  }
  expect(await collect(client['chat']?.(pieces()))).toEqual(['E', 'F']);
  expect(finished).toEqual(['answered', 'answered', 'answered', 'answered']);
});

test('behavior: a client can be awaited, whatever its methods are called', async () => {
  expect(Object.keys(client)).toEqual(['say', 'repeat', 'join', 'chat', 'then$']);
  expect(await client).toBe(client);
  expect(await client['then$']?.({ text: 'a' })).toMatchObject({ text: 'a' });
});
