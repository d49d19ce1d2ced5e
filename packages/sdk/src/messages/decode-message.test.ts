import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getMessage, registry } from '../../test/kinds-proto.ts';
import { decodeMessage } from './decode-message.ts';
import { encodeFields } from './encode-fields.ts';
import type { Fields, MessageObject } from './message-object.ts';

const kinds = getMessage('Kinds');

/** A message that goes over the wire and comes out as a plain object. */
function travel(fields: Fields): MessageObject {
  const bytes = toBinary(kinds, encodeFields(kinds, fields, registry));
  return decodeMessage(kinds, fromBinary(kinds, bytes), registry);
}

test('default', () => {
  const child = getMessage('Child');
  const message = create(child, { name: 'x', bigCount: 5n } as never);
  expect(decodeMessage(child, message, registry)).toEqual({ name: 'x', bigCount: 5n });
});

test('behavior: fields without presence are always there, the others only when set', () => {
  expect(travel({})).toEqual({
    i32: 0,
    s32: 0,
    sf32: 0,
    u32: 0,
    f32: 0,
    i64: 0n,
    s64: 0n,
    sf64: 0n,
    u64: 0n,
    f64: 0n,
    single: 0,
    doubleValue: 0,
    flag: false,
    text: '',
    data: new Uint8Array(),
    color: 'COLOR_UNSPECIFIED',
    numbers: [],
    children: [],
    colors: [],
    byName: {},
    byNumber: {},
    byFlag: {},
    nothing: null,
    'other-name': 0n,
    constructor: '',
  });
  expect(travel({ maybe: 0, choiceText: '', child: {} })).toMatchObject({
    maybe: 0,
    choiceText: '',
    child: { name: '', bigCount: 0n },
  });
});

test('behavior: the well-known types', () => {
  expect(
    travel({
      at: '2026-01-31T12:00:00Z',
      took: '2s',
      details: { a: [1, null] },
      value: 'v',
      wrapped: 2n ** 62n,
      wrappedBytes: 'AQ==',
      mask: 'a',
      list: [1],
      any: { '@type': 'type.googleapis.com/kinds.v1.Child', name: 'x', bigCount: 1n },
    }),
  ).toMatchObject({
    at: '2026-01-31T12:00:00Z',
    took: '2s',
    details: { a: [1, null] },
    value: 'v',
    wrapped: 2n ** 62n,
    wrappedBytes: new Uint8Array([1]),
    mask: 'a',
    list: [1],
    any: { '@type': 'type.googleapis.com/kinds.v1.Child', name: 'x', bigCount: 1n },
  });
});

test('behavior: an Any of a type that the protos do not know keeps its bytes', () => {
  const any = { '@type': 'x.test/other.Type', value: new Uint8Array([8, 1]) };
  expect(travel({ any })['any']).toEqual(any);
  expect(travel({ any: {} })['any']).toEqual({});
});

test('behavior: an enum value that the protos do not know is a number', () => {
  expect(travel({ color: 77 })['color']).toBe(77);
});

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const int32 = fc.integer();
const uint32 = fc.nat({ max: 2 ** 32 - 1 });
const text = fc.string({ unit: 'grapheme' });
const bytes = fc.uint8Array({ maxLength: 20 });
const { child } = fc.letrec<{ child: unknown }>((tie) => ({
  child: fc.oneof(
    { maxDepth: 4 },
    fc.record({ name: text, bigCount: uint64 }),
    fc.record({ name: text, bigCount: uint64, child: tie('child') }),
  ),
}));
const color = fc.constantFrom('COLOR_UNSPECIFIED', 'COLOR_RED', 'COLOR_BLUE', 12);

const anyKinds = fc.record(
  {
    i32: int32,
    s32: int32,
    sf32: int32,
    u32: uint32,
    f32: uint32,
    i64: int64,
    s64: int64,
    sf64: int64,
    u64: uint64,
    f64: uint64,
    single: fc.float(),
    doubleValue: fc.double(),
    flag: fc.boolean(),
    text,
    data: bytes,
    color,
    child,
    maybe: int32,
    numbers: fc.array(int64),
    children: fc.array(child, { maxLength: 3 }),
    colors: fc.array(color),
    byName: fc.dictionary(text, int64),
    byNumber: fc.dictionary(int64.map(String), child, { maxKeys: 3 }),
    byFlag: fc.dictionary(fc.constantFrom('true', 'false'), text),
    choiceText: text,
    wrapped: int64,
    wrappedBytes: bytes,
  },
  { requiredKeys: [] },
);

test('behavior: what a reply holds, a request takes, and it comes back the same', () => {
  fc.assert(
    fc.property(anyKinds, (fields) => {
      const once = travel(fields);
      expect(travel(once)).toEqual(once);
      for (const [name, value] of Object.entries(fields)) {
        if (value !== undefined) expect({ [name]: once[name] }).toMatchObject({ [name]: value });
      }
    }),
    { numRuns: 300 },
  );
});
