import { readFileSync } from 'node:fs';
import { BaseError, bytesToHex, hexToBytes } from '@snetkit/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createGobReader } from './gob/gob-reader.ts';
import { type GobTypeIds, gobTypeIds, type StructShape } from './gob/struct-shape.ts';
import * as structs from './official-structs.ts';

interface Vector {
  readonly name: string;
  readonly type: string;
  readonly hex: string;
  readonly value: Readonly<Record<string, unknown>>;
}

const file = new URL('../../test/import/fixtures/official-state.json', import.meta.url);
const { gobValues } = JSON.parse(readFileSync(file, 'utf8'));
const vectors: Vector[] = [...gobValues.values, ...gobValues.gobValuesOtherTypeIds];

function shapeOf(name: string): StructShape<Record<string, never>> {
  const shape = Object.values(structs).find((one) => one.name === name);
  return shape as unknown as StructShape<Record<string, never>>;
}

const bytesOf = ({ hex }: Vector) => hexToBytes(`0x${hex}`);

/** A vector's value in the form that the codec gives it. */
function expectedOf({ type, value }: Vector): Record<string, unknown> {
  const entries = Object.entries(shapeOf(type).zero).map(([field, like]: [string, unknown]) => {
    const found = value[field];
    if (like instanceof Uint8Array) return [field, hexToBytes(String(found ?? '0x'))];
    if (typeof like === 'bigint') return [field, BigInt(found as string)];
    return [field, found ?? like];
  });
  return Object.fromEntries(entries);
}

/** Addresses without their letter case, which gob does not have. */
function lower(values: Record<string, unknown>): Record<string, unknown> {
  const isAddress = (one: unknown) => typeof one === 'string' && /^0x[0-9a-f]{40}$/i.test(one);
  return Object.fromEntries(
    Object.entries(values).map(([field, one]) => [
      field,
      isAddress(one) ? String(one).toLowerCase() : one,
    ]),
  );
}

/** The numbers that a stream of a real Go program gives its types. */
function idsOf(vector: Vector): GobTypeIds {
  const ids: Record<string, bigint> = { ...gobTypeIds };
  const stream = createGobReader(bytesOf(vector), { place: 'ids' });
  for (;;) {
    const message = createGobReader(stream.readBlock(), { place: 'ids' });
    const id = message.readInt();
    if (id > 0n) return ids as GobTypeIds;
    const kind = message.readUint();
    message.readBytes(1);
    // A GobEncoder type has no name, and an inner number that is not its own.
    if (message.readUint() === 2n) {
      ids['bigInt'] = -id;
      ids['bigIntInner'] = message.readInt();
    } else if (kind === 3n) ids['struct'] = -id;
    else {
      const names: Record<string, string> = { Address: 'address', '[32]uint8': 'bytes32' };
      ids[names[message.readText()] ?? 'texts'] = -id;
    }
  }
}

test.each(vectors)('default: reads the vector $name', (vector) => {
  const found = shapeOf(vector.type).decode(bytesOf(vector), vector.name);
  expect(lower(found)).toEqual(lower(expectedOf(vector)));
});

test.each(vectors)('default: writes the vector $name as Go did', (vector) => {
  const shape = shapeOf(vector.type);
  const value = shape.decode(bytesOf(vector), vector.name);
  expect(bytesToHex(shape.encode(value, idsOf(vector)))).toBe(`0x${vector.hex}`);
});

test.each(vectors)('behavior: reads the vector $name with our own numbers', (vector) => {
  const shape = shapeOf(vector.type);
  const value = shape.decode(bytesOf(vector), vector.name);
  expect(shape.decode(shape.encode(value), vector.name)).toEqual(value);
});

const bigInts = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });
const hex = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => bytesToHex(bytes));

test('behavior: every channel survives both ways', () => {
  const channels = fc.record({
    ChannelID: bigInts,
    Nonce: bigInts,
    State: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    Sender: hex(20),
    Recipient: hex(20),
    GroupID: hex(32),
    FullAmount: bigInts,
    Expiration: bigInts,
    Signer: hex(20),
    AuthorizedAmount: bigInts,
    Signature: fc.uint8Array({ maxLength: 65 }),
  });
  fc.assert(
    fc.property(channels, (channel) => {
      const bytes = structs.paymentChannelData.encode(channel);
      expect(lower(structs.paymentChannelData.decode(bytes, 'key'))).toEqual(channel);
    }),
  );
});

test('behavior: every free-call user survives both ways', () => {
  const text = fc.string({ unit: 'binary' });
  const users = fc.record({
    Address: text,
    UserID: text,
    FreeCallsMade: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    OrganizationId: text,
    ServiceId: text,
    GroupID: text,
  });
  fc.assert(
    fc.property(users, (user) => {
      const bytes = structs.freeCallUserData.encode(user);
      expect(structs.freeCallUserData.decode(bytes, 'key')).toEqual(user);
    }),
  );
});

function failureOf(name: string, bytes: Uint8Array): string {
  try {
    shapeOf(name).decode(bytes, 'the key');
    return 'none';
  } catch (error) {
    expect(error).toBeInstanceOf(BaseError);
    expect((error as BaseError).code).toBe('OFFICIAL_VALUE_INVALID');
    return (error as BaseError).message;
  }
}

test.each(vectors)('error: the vector $name cut anywhere', (vector) => {
  const bytes = bytesOf(vector);
  for (let end = 0; end < bytes.length; end += 1) {
    expect(failureOf(vector.type, bytes.subarray(0, end))).toMatch(
      /^A gob value cannot be read\.\nPlace: the key\nFound: .+ \(byte \d+ of the value\)$/,
    );
  }
});

test('error: random bytes and random damage, never anything but an error with its place', () => {
  const damaged = fc.record({
    vector: fc.constantFrom(...vectors),
    damage: fc.array(fc.record({ at: fc.nat(), byte: fc.nat(255) }), {
      minLength: 1,
      maxLength: 4,
    }),
  });
  fc.assert(
    fc.property(damaged, ({ vector, damage }) => {
      const bytes = new Uint8Array(bytesOf(vector));
      for (const { at, byte } of damage) bytes[at % bytes.length] = byte;
      failureOf(vector.type, bytes);
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(failureOf('Payment', bytes)).toContain('Place: the key');
    }),
    { numRuns: 1_000 },
  );
});

const found = (text: string) => `A gob value cannot be read.\nPlace: the key\nFound: ${text}`;
/** Definition of type 65 as a slice of itself, then a value that opens one more at every byte. */
const endless = [8, 0xff, 0x81, 2, 2, 0xff, 0x82, 0, 0];

test.each([
  ['nothing', [], found('no value after the type definitions (byte 0 of the value)')],
  [
    'a length beyond the end',
    [0xf8, 255, 255, 255, 255, 255, 255, 255, 255],
    found('18446744073709551615 elements or bytes announced, 0 bytes left (byte 9 of the value)'),
  ],
  [
    'an integer of more than eight bytes',
    [0xf7, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    found('an integer of 9 bytes (byte 1 of the value)'),
  ],
  [
    'slices in slices without end',
    [...endless, 62, 0xff, 0x82, ...new Array(60).fill(1)],
    found('values more than 16 deep (byte 29 of the value)'),
  ],
  [
    'a type nobody defined',
    [3, 0xff, 0x90, 0],
    found('a value of the unknown type 72 (byte 3 of the value)'),
  ],
  [
    'a value that is no struct',
    [3, 4, 0, 2],
    found('a value that is no struct (byte 3 of the value)'),
  ],
])('error: %s', (_, bytes, message) => {
  expect(failureOf('Payment', Uint8Array.from(bytes))).toBe(message);
});

test('error: another struct than the key promises', () => {
  const bytes = structs.prePaidData.encode({ Amount: 11n });
  expect(failureOf('Payment', bytes)).toBe(
    'A gob value cannot be read.\nPlace: the key\nExpected: Payment\nFound: PrePaidData',
  );
});
