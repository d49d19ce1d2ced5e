import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readMessage, readMessages } from './read-input.ts';

function source(argument: string | undefined, input = '') {
  return { argument, stdin: Readable.from([input]) };
}

async function collect(argument: string | undefined, input?: string) {
  const all: unknown[] = [];
  for await (const message of readMessages(source(argument, input))) all.push(message);
  return all;
}

test('default', async () => {
  expect(await readMessage(source('{"a": 18446744073709551615}'))).toEqual({ a: 2n ** 64n - 1n });
});

test('behavior: no fields at all', async () => {
  expect(await readMessage(source(undefined))).toEqual({});
});

test('behavior: standard input', async () => {
  expect(await readMessage(source('-', '{\n "a": 1\n}'))).toEqual({ a: 1 });
  expect(await collect('-', '{"a": 1}\n\n{"a": 2}')).toEqual([{ a: 1 }, { a: 2 }]);
});

test('behavior: several messages in a list, in lines, or one', async () => {
  expect(await collect('[{"a": 1}, {"a": 2}]')).toEqual([{ a: 1 }, { a: 2 }]);
  expect(await collect('{"a": 1}\n{"a": 2}')).toEqual([{ a: 1 }, { a: 2 }]);
  expect(await collect(undefined)).toEqual([{}]);
});

test('behavior: lines are handed on as they come', async () => {
  const stdin = new Readable({ read: () => {} });
  const messages = readMessages({ argument: '-', stdin });
  stdin.push('{"a": 1}\n');
  expect(await messages.next()).toEqual({ done: false, value: { a: 1 } });
  stdin.push('{"a": 2}\n');
  expect(await messages.next()).toEqual({ done: false, value: { a: 2 } });
  stdin.push(null);
  expect(await messages.next()).toEqual({ done: true, value: undefined });
});

test('error: not valid JSON, and where', async () => {
  await expect(readMessage(source('{"a": '))).rejects.toThrow(
    'The request is not valid JSON.\nPlace: FIELDS, line 1, column 7\n',
  );
  await expect(collect('-', '{"a": 1}\n{"a"}\n')).rejects.toThrow(
    'The request is not valid JSON.\nPlace: standard input, line 2, column 5\n',
  );
});

test('error: no object', async () => {
  await expect(readMessage(source('"text"'))).rejects.toThrow(
    'A message is a JSON object.\nPlace: FIELDS\nExpected: an object such as {"text": "hello"}\nFound: "text"',
  );
});
