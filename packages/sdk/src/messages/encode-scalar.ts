import { ScalarType } from '@bufbuild/protobuf';
import { base64ToBytes } from '@snetkit/core';
import { type FieldPlace, invalidField } from './field-error.ts';

type Scalar = string | number | bigint | boolean | Uint8Array;

/**
 * Turns what a caller gave into a scalar of a message.
 *
 * @throws BaseError `FIELD_INVALID`
 */
export function encodeScalar(type: ScalarType, value: unknown, place: FieldPlace): Scalar {
  const { expected, read } = kinds[type];
  const scalar = read(value);
  if (scalar === undefined) throw invalidField(place, expected, value);
  return scalar;
}

interface Kind {
  readonly expected: string;
  /** The scalar, or undefined when the value is none. */
  read(value: unknown): Scalar | undefined;
}

const int32 = integer(-(2n ** 31n), 2n ** 31n - 1n, Number);
const uint32 = integer(0n, 2n ** 32n - 1n, Number);
const int64 = integer(-(2n ** 63n), 2n ** 63n - 1n, (value) => value);
const uint64 = integer(0n, 2n ** 64n - 1n, (value) => value);

const kinds: Readonly<Record<ScalarType, Kind>> = {
  [ScalarType.INT32]: int32,
  [ScalarType.SINT32]: int32,
  [ScalarType.SFIXED32]: int32,
  [ScalarType.UINT32]: uint32,
  [ScalarType.FIXED32]: uint32,
  [ScalarType.INT64]: int64,
  [ScalarType.SINT64]: int64,
  [ScalarType.SFIXED64]: int64,
  [ScalarType.UINT64]: uint64,
  [ScalarType.FIXED64]: uint64,
  [ScalarType.DOUBLE]: { expected: 'a number', read: readNumber },
  [ScalarType.FLOAT]: { expected: 'a number within single precision', read: readFloat },
  [ScalarType.BOOL]: {
    expected: 'true or false',
    read: (value) => (typeof value === 'boolean' ? value : undefined),
  },
  [ScalarType.STRING]: {
    expected: 'a text',
    // Text with half a surrogate pair has no UTF-8.
    read: (value) => (typeof value === 'string' && value.isWellFormed() ? value : undefined),
  },
  [ScalarType.BYTES]: { expected: 'bytes: a Uint8Array or base64', read: readBytes },
};

function integer(min: bigint, max: bigint, convert: (value: bigint) => Scalar): Kind {
  const exact = 'as bigint or decimal text where a number is not exact';
  return {
    expected: `a whole number from ${min} to ${max}${max > 2n ** 53n ? `, ${exact}` : ''}`,
    read(value) {
      const whole = readInteger(value);
      return whole === undefined || whole < min || whole > max ? undefined : convert(whole);
    },
  };
}

function readInteger(value: unknown): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^-?[0-9]{1,20}$/.test(value) ? BigInt(value) : undefined;
}

function readNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return undefined;
  if (/^(NaN|-?Infinity)$/.test(value)) return Number(value);
  return /^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$/.test(value) ? Number(value) : undefined;
}

function readFloat(value: unknown): number | undefined {
  const number = readNumber(value);
  const isTooLarge = Number.isFinite(number) && !Number.isFinite(Math.fround(number ?? 0));
  return isTooLarge ? undefined : number;
}

function readBytes(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (typeof value !== 'string') return undefined;
  try {
    // Protobuf JSON takes both alphabets.
    return base64ToBytes(value.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return undefined;
  }
}
