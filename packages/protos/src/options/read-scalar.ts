import { ScalarType } from '@bufbuild/protobuf';
import { invalidProto, quote } from '../invalid-proto.ts';
import type { OptionValue } from '../parse/option-syntax.ts';
import type { SourceFile } from '../parse/source-file.ts';
import { readTextValue } from '../parse/text-value.ts';

/** A scalar as it goes onto the wire: 64-bit integers are bigint, other numbers are number. */
export type Scalar = bigint | boolean | number | string | Uint8Array;

const integerRanges: Readonly<Partial<Record<ScalarType, readonly [bigint, bigint]>>> = {
  [ScalarType.INT32]: [-(2n ** 31n), 2n ** 31n - 1n],
  [ScalarType.SINT32]: [-(2n ** 31n), 2n ** 31n - 1n],
  [ScalarType.SFIXED32]: [-(2n ** 31n), 2n ** 31n - 1n],
  [ScalarType.UINT32]: [0n, 2n ** 32n - 1n],
  [ScalarType.FIXED32]: [0n, 2n ** 32n - 1n],
  [ScalarType.INT64]: [-(2n ** 63n), 2n ** 63n - 1n],
  [ScalarType.SINT64]: [-(2n ** 63n), 2n ** 63n - 1n],
  [ScalarType.SFIXED64]: [-(2n ** 63n), 2n ** 63n - 1n],
  [ScalarType.UINT64]: [0n, 2n ** 64n - 1n],
  [ScalarType.FIXED64]: [0n, 2n ** 64n - 1n],
};

/**
 * Reads a value of a scalar type.
 *
 * @throws BaseError `PROTO_INVALID` when the value is of another type or out of range
 */
export function readScalar(source: SourceFile, type: ScalarType, value: OptionValue): Scalar {
  const range = integerRanges[type];
  if (range !== undefined) {
    const [min, max] = range;
    if (value.kind === 'integer' && value.value >= min && value.value <= max) {
      return max > 2n ** 32n ? value.value : Number(value.value);
    }
    throw wrongValue(source, value, `a whole number between ${min} and ${max}`);
  }
  if (type === ScalarType.STRING) return readTextValue(source, value, 'an option of type string');
  if (type === ScalarType.BYTES) {
    if (value.kind === 'bytes') return value.value;
    throw wrongValue(source, value, 'a string');
  }
  return type === ScalarType.BOOL
    ? readBoolean(source, value)
    : readFloat(source, value, type === ScalarType.FLOAT);
}

function readBoolean(source: SourceFile, value: OptionValue): boolean {
  if (value.kind === 'name' && !value.negative) {
    if (value.name === 'true') return true;
    if (value.name === 'false') return false;
  }
  throw wrongValue(source, value, 'true or false');
}

function readFloat(source: SourceFile, value: OptionValue, single: boolean): number {
  const number = toNumber(value);
  if (number === undefined) throw wrongValue(source, value, 'a number, inf or nan');
  return single ? Math.fround(number) : number;
}

function toNumber(value: OptionValue): number | undefined {
  if (value.kind === 'float') return value.value;
  if (value.kind === 'integer') {
    return value.negative && value.value === 0n ? -0 : Number(value.value);
  }
  if (value.kind !== 'name') return undefined;
  if (value.name === 'nan') return Number.NaN;
  if (value.name === 'inf') return value.negative ? -Infinity : Infinity;
  return undefined;
}

/** The error for a value of the wrong type. */
export function wrongValue(source: SourceFile, value: OptionValue, expected: string) {
  return invalidProto('An option has a value of the wrong type.', {
    source,
    offset: value.offset,
    expected,
    found: describeValue(value),
  });
}

function describeValue(value: OptionValue): string {
  switch (value.kind) {
    case 'integer':
      return quote(String(value.value));
    case 'float':
      return quote(String(value.value));
    case 'name':
      return quote(value.negative ? `-${value.name}` : value.name);
    case 'bytes':
      return 'a string';
    case 'list':
      return 'a list';
    case 'message':
      return 'a message in braces';
  }
}
