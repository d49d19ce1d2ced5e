import { expect, test } from 'vitest';
import { BaseError } from './base-error.ts';

test('default', () => {
  const error = new BaseError('AMOUNT_INVALID', 'The price is negative.');
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe('BaseError');
  expect(error.code).toBe('AMOUNT_INVALID');
  expect(error.message).toBe('The price is negative.');
  expect(error.shortMessage).toBe('The price is negative.');
  expect(Object.hasOwn(error, 'cause')).toBe(false);
});

test('args: place, expected, found, hint and cause', () => {
  const cause = new Error('why');
  const error = new BaseError('AMOUNT_INVALID', 'The price is negative.', {
    place: 'service.json, groups[0].pricing[0].price_in_cogs',
    expected: 'a number of cogs',
    found: '-1',
    hint: 'Write 0 for a service without price.',
    cause,
  });
  expect(error.message).toMatchInlineSnapshot(`
    "The price is negative.
    Place: service.json, groups[0].pricing[0].price_in_cogs
    Expected: a number of cogs
    Found: -1
    Fix: Write 0 for a service without price."
  `);
  expect(error.cause).toBe(cause);
  expect(error.toJSON()).toMatchInlineSnapshot(`
    {
      "cause": {
        "message": "why",
        "name": "Error",
      },
      "class": "usage",
      "code": "AMOUNT_INVALID",
      "expected": "a number of cogs",
      "found": "-1",
      "hint": "Write 0 for a service without price.",
      "message": "The price is negative.",
      "place": "service.json, groups[0].pricing[0].price_in_cogs",
    }
  `);
});

test('behavior: toJSON leaves out what is not there', () => {
  const error = new BaseError('AMOUNT_INVALID', 'No.');
  expect(JSON.stringify(error)).toBe('{"code":"AMOUNT_INVALID","class":"usage","message":"No."}');
});

test('behavior: toJSON hides the secrets of causes', () => {
  const key = 'ab'.repeat(32);
  const signature = `0x${'cd'.repeat(65)}`;
  const inner = new Error(
    `no answer from https://user:secret@rpc.example.org/v3/${key}?token=secret`,
  );
  const outer = Object.assign(
    new TypeError(`fetch failed, key ${key}, signature ${signature}`, { cause: inner }),
    {
      code: 'ECONNREFUSED',
      privateKey: key,
      shortMessage: undefined,
    },
  );
  const error = new BaseError('TIMED_OUT', 'The chain does not answer.', { cause: outer });
  const text = JSON.stringify(error);
  expect(text).not.toMatch(/secret|abab|cdcd/);
  expect(error.toJSON().cause).toMatchInlineSnapshot(`
    {
      "cause": {
        "message": "no answer from https://rpc.example.org/[hidden]",
        "name": "Error",
      },
      "code": "ECONNREFUSED",
      "message": "fetch failed, key [hidden], signature [hidden]",
      "name": "TypeError",
    }
  `);
});

test('behavior: a chain of causes ends somewhere', () => {
  const loop = new Error('again');
  loop.cause = loop;
  const text = JSON.stringify(new BaseError('INTERNAL', 'No.', { cause: loop }));
  expect(text.match(/again/g)).toHaveLength(5);
});

test('behavior: from returns a BaseError as it is', () => {
  const error = new BaseError('AMOUNT_INVALID', 'No.');
  expect(BaseError.from(error)).toBe(error);
  expect(BaseError.from(error, 'INTERNAL')).toBe(error);
});

test('behavior: from keeps the cause and the first line of its text', () => {
  const cause = new RangeError('Too much.\nRequest body: {"secret": 1}');
  const error = BaseError.from(cause);
  expect(error).toMatchObject({ code: 'INTERNAL', message: 'Too much.', cause });
  expect(BaseError.from(cause, 'TIMED_OUT').code).toBe('TIMED_OUT');
});

test('behavior: from knows cancellation and time-out', () => {
  const aborted = AbortSignal.abort().reason as unknown;
  const timedOut = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  expect(BaseError.from(aborted).code).toBe('ABORTED');
  expect(BaseError.from(timedOut).code).toBe('TIMED_OUT');
});

test('behavior: from takes what is no error', () => {
  const cases: readonly [unknown, string][] = [
    ['text', 'text'],
    [undefined, 'undefined'],
    [null, 'null'],
    [{ password: 'secret' }, 'an object'],
    [Object.create(null), 'an object'],
    [Symbol('s'), 'Symbol(s)'],
    ['', 'Unknown error.'],
    [new Error(''), 'Unknown error.'],
  ];
  for (const [value, message] of cases) {
    expect(BaseError.from(value).message).toBe(message);
    expect(BaseError.from(value).cause).toBe(value);
    expect(() => JSON.stringify(BaseError.from(value))).not.toThrow();
  }
});

test('behavior: from prefers the short message of libraries that have one', () => {
  const error = Object.assign(new Error('Long.\nMore.'), { shortMessage: 'Short.' });
  expect(BaseError.from(error).message).toBe('Short.');
});
