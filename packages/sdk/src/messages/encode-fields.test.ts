import { fromBinary, toBinary, toJson } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { getMessage, registry } from '../../test/kinds-proto.ts';
import { encodeFields } from './encode-fields.ts';
import type { Fields } from './message-object.ts';

const kinds = getMessage('Kinds');

/** What arrives at a service, as protobuf JSON. */
function arrive(fields: Fields): unknown {
  const message = encodeFields(kinds, fields, registry);
  return toJson(kinds, fromBinary(kinds, toBinary(kinds, message)), { registry });
}

test('default', () => {
  expect(
    arrive({
      i32: -1,
      u64: 2n ** 64n - 1n,
      text: 'Grüße',
      data: new Uint8Array([1, 2, 255]),
      color: 'COLOR_BLUE',
      child: { name: 'a', child: { name: 'b' } },
      numbers: [1, 2n, '3'],
      byName: { a: 1n },
    }),
  ).toEqual({
    i32: -1,
    u64: '18446744073709551615',
    text: 'Grüße',
    data: 'AQL/',
    color: 'COLOR_BLUE',
    child: { name: 'a', child: { name: 'b' } },
    numbers: ['1', '2', '3'],
    byName: { a: '1' },
  });
});

test('behavior: the name in the proto file and the one in JSON are the same field', () => {
  expect(arrive({ double_value: 1.5, choice_text: 'x' })).toEqual(
    arrive({ doubleValue: 1.5, choiceText: 'x' }),
  );
  expect(arrive({ renamed: 7 })).toEqual({ 'other-name': '7' });
  expect(arrive({ 'other-name': 7 })).toEqual({ 'other-name': '7' });
  expect(arrive({ constructor: 'c' })).toEqual({ constructor: 'c' });
});

test('behavior: null and undefined leave a field unset', () => {
  expect(arrive({ text: null, child: undefined, maybe: null, numbers: null })).toEqual({});
});

test('behavior: an optional field that is zero is set', () => {
  expect(arrive({ maybe: 0, i32: 0 })).toEqual({ maybe: 0 });
});

test('behavior: bytes come as Uint8Array or in either alphabet of base64', () => {
  const data = new Uint8Array([251, 255, 190]);
  for (const one of [data, '+/++', '-_--']) expect(arrive({ data: one })).toEqual({ data: '+/++' });
  expect(arrive({ data: Buffer.from('ok') })).toEqual({ data: 'b2s=' });
});

test('behavior: enum values come as names or numbers; open ones take any number', () => {
  expect(arrive({ color: 1, colors: ['COLOR_RED', 2, 77] })).toEqual({
    color: 'COLOR_RED',
    colors: ['COLOR_RED', 'COLOR_BLUE', 77],
  });
});

test('behavior: maps come as objects or as Map', () => {
  const expected = { byNumber: { '-5': { name: 'five' } }, byFlag: { true: 'yes', false: 'no' } };
  expect(
    arrive({ byNumber: { '-5': { name: 'five' } }, byFlag: { true: 'yes', false: 'no' } }),
  ).toEqual(expected);
  const byNumber = new Map([[-5n, { name: 'five' }]]);
  const byFlag = new Map([
    [true, 'yes'],
    [false, 'no'],
  ]);
  expect(arrive({ byNumber, byFlag })).toEqual(expected);
});

test('behavior: any list of values will do', () => {
  expect(arrive({ numbers: new Set([1, 2]) })).toEqual({ numbers: ['1', '2'] });
  expect(arrive({ numbers: new Int32Array([3, 4]) })).toEqual({ numbers: ['3', '4'] });
});

test('behavior: the well-known types are written as protobuf JSON writes them', () => {
  expect(
    arrive({
      at: new Date(Date.UTC(2026, 0, 31)),
      constructedAt: '2026-01-31T12:00:00.000000001Z',
      took: '1.5s',
      details: { a: [1, 'b', null], n: 5n },
      value: null,
      wrapped: 9n,
      wrappedBytes: new Uint8Array([1]),
      mask: 'a,bC',
      list: [1, 'x'],
      nothing: null,
    }),
  ).toEqual({
    at: '2026-01-31T00:00:00Z',
    constructedAt: '2026-01-31T12:00:00.000000001Z',
    took: '1.500s',
    details: { a: [1, 'b', null], n: 5 },
    value: null,
    wrapped: '9',
    wrappedBytes: 'AQ==',
    mask: 'a,bC',
    list: [1, 'x'],
  });
});

test('behavior: Any holds a message that the protos know, or bytes', () => {
  const known = { '@type': 'type.googleapis.com/kinds.v1.Child', name: 'x', bigCount: 5n };
  expect(arrive({ any: known })).toEqual({
    any: { '@type': 'type.googleapis.com/kinds.v1.Child', name: 'x', bigCount: '5' },
  });
  const message = encodeFields(
    kinds,
    { any: { '@type': 'x.test/other.Type', value: new Uint8Array([8, 1]) } },
    registry,
  );
  const { any } = message as unknown as { any: { typeUrl: string; value: Uint8Array } };
  expect([any.typeUrl, [...any.value]]).toEqual(['x.test/other.Type', [8, 1]]);
});

test.each<[string, Fields, string]>([
  [
    'unknown field',
    { child: { nam: 'x' } },
    [
      'The message kinds.v1.Child has no field "nam".',
      'Place: child',
      'Expected: one of name, child, bigCount',
      'Found: nam',
    ].join('\n'),
  ],
  [
    'unknown field in a list',
    { children: [{ name: 'a' }, { title: 'b' }] },
    [
      'The message kinds.v1.Child has no field "title".',
      'Place: children[1]',
      'Expected: one of name, child, bigCount',
      'Found: title',
    ].join('\n'),
  ],
  [
    'number out of range',
    { u32: -1 },
    'The field u32 of kinds.v1.Kinds cannot hold this value.\nExpected: a whole number from 0 to 4294967295\nFound: -1',
  ],
  [
    'number that is not exact',
    { i64: 2 ** 60 },
    [
      'The field i64 of kinds.v1.Kinds cannot hold this value.',
      'Expected: a whole number from -9223372036854775808 to 9223372036854775807, as bigint or decimal text where a number is not exact',
      'Found: 1152921504606847000',
    ].join('\n'),
  ],
  [
    'fraction',
    { i32: 1.5 },
    'The field i32 of kinds.v1.Kinds cannot hold this value.\nExpected: a whole number from -2147483648 to 2147483647\nFound: 1.5',
  ],
  [
    'number for text',
    { text: 5 },
    'The field text of kinds.v1.Kinds cannot hold this value.\nExpected: a text\nFound: 5',
  ],
  [
    'text without UTF-8',
    { text: '\ud800' },
    'The field text of kinds.v1.Kinds cannot hold this value.\nExpected: a text\nFound: "\\ud800"',
  ],
  [
    'text for a flag',
    { flag: 'true' },
    'The field flag of kinds.v1.Kinds cannot hold this value.\nExpected: true or false\nFound: "true"',
  ],
  [
    'beyond single precision',
    { single: 1e39 },
    'The field single of kinds.v1.Kinds cannot hold this value.\nExpected: a number within single precision\nFound: 1e+39',
  ],
  [
    'no base64',
    { data: 'not base64!' },
    'The field data of kinds.v1.Kinds cannot hold this value.\nExpected: bytes: a Uint8Array or base64\nFound: "not base64!"',
  ],
  [
    'unknown enum name',
    { color: 'GREEN' },
    'The field color of kinds.v1.Kinds cannot hold this value.\nExpected: one of COLOR_UNSPECIFIED, COLOR_RED, COLOR_BLUE\nFound: "GREEN"',
  ],
  [
    'text for a list',
    { numbers: '12' },
    'The field numbers of kinds.v1.Kinds cannot hold this value.\nExpected: a list\nFound: "12"',
  ],
  [
    'wrong item',
    { numbers: [1, null] },
    [
      'The field numbers[1] of kinds.v1.Kinds cannot hold this value.',
      'Expected: a whole number from -9223372036854775808 to 9223372036854775807, as bigint or decimal text where a number is not exact',
      'Found: null',
    ].join('\n'),
  ],
  [
    'list for a map',
    { byName: [1] },
    'The field byName of kinds.v1.Kinds cannot hold this value.\nExpected: an object of keys and values\nFound: a list of 1',
  ],
  [
    'wrong key',
    { byNumber: { five: {} } },
    [
      'The field byNumber["five"] of kinds.v1.Kinds cannot hold this value.',
      'Expected: a whole number from -9223372036854775808 to 9223372036854775807, as bigint or decimal text where a number is not exact',
      'Found: "five"',
    ].join('\n'),
  ],
  [
    'text for a message',
    { child: 'x' },
    'The field child of kinds.v1.Kinds cannot hold this value.\nExpected: an object with the fields of kinds.v1.Child\nFound: "x"',
  ],
  [
    'two names of one field',
    { doubleValue: 0, double_value: 1 },
    'The field double_value of kinds.v1.Kinds cannot hold this value.\nExpected: the field to be given once\nFound: 1',
  ],
  [
    'two members of a oneof',
    { choiceText: 'x', choiceChild: {} },
    'The field choiceChild of kinds.v1.Kinds cannot hold this value.\nExpected: no value beside choiceText: the oneof choice holds one of them\nFound: an object',
  ],
  [
    'no time',
    { at: 'yesterday' },
    'The field at of kinds.v1.Kinds cannot hold this value.\nExpected: a Date, or a text such as "2026-01-31T12:00:00Z"\nFound: "yesterday"',
  ],
  [
    'no valid date',
    { at: new Date(Number.NaN) },
    'The field at of kinds.v1.Kinds cannot hold this value.\nExpected: a Date, or a text such as "2026-01-31T12:00:00Z"\nFound: an object',
  ],
])('error: %s', async (_, fields, message) => {
  const error = await catchError(() => encodeFields(kinds, fields, registry));
  expect(error.message).toBe(message);
});

test('error: the request is no object', async () => {
  const error = await catchError(() => encodeFields(kinds, ['x'], registry));
  expect(error.message).toBe(
    'The message kinds.v1.Kinds cannot hold this value.\nExpected: an object with the fields of kinds.v1.Kinds\nFound: a list of 1',
  );
});

test('error: messages nested without end', async () => {
  const child: { child?: unknown } = {};
  child.child = child;
  const error = await catchError(() => encodeFields(kinds, { child }, registry));
  expect(error.expected).toBe('at most 100 nested messages');
});

test('error: long values are told by their length', async () => {
  const error = await catchError(() => encodeFields(kinds, { flag: 'x'.repeat(500) }, registry));
  expect(error.found).toBe('a text of 500 characters');
});
