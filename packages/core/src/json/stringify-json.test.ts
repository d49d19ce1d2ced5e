import { expect, test } from 'vitest';
import { BaseError } from '../errors/base-error.ts';
import { stringifyJson } from './stringify-json.ts';

test('default', () => {
  const value = { z: 12345678901234567890n, a: [1n, 0.5, 'é"', null], left: undefined };
  expect(stringifyJson(value)).toBe('{"z":12345678901234567890,"a":[1,0.5,"é\\"",null]}');
});

test('behavior: writes what JSON.stringify writes', () => {
  const value = {
    a: [],
    b: {},
    c: [{ d: [1, [2]] }, undefined],
    e: new Date(0),
    f: '\u2028\ud800',
  };
  for (const indent of [0, 2, 4]) {
    expect(stringifyJson(value, { indent })).toBe(JSON.stringify(value, null, indent));
  }
});

test('behavior: an error is written as its toJSON', () => {
  const error = new BaseError('AMOUNT_INVALID', 'No.', { cause: new Error('why') });
  expect(stringifyJson({ error })).toBe(JSON.stringify({ error }));
});

test('error: a number that is not finite', () => {
  expect(() => stringifyJson({ a: [{ price: Number.NaN }] })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The value cannot be written as JSON.
    Place: price
    Found: the number NaN]
  `);
});

test('error: no value of JSON', () => {
  expect(() => stringifyJson({ call: () => 1 })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The value cannot be written as JSON.
    Place: call
    Found: a function]
  `);
  expect(() => stringifyJson(Symbol('x'))).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The value cannot be written as JSON.
    Found: a symbol]
  `);
  expect(() => stringifyJson(undefined)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The value cannot be written as JSON.
    Found: undefined]
  `);
});

test('error: an object that contains itself', () => {
  const value: { self?: unknown } = {};
  value.self = value;
  expect(() => stringifyJson(value)).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The value cannot be written as JSON.
    Found: an object that contains itself]
  `);
});
