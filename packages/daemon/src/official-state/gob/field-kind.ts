import { bytesToHex, checksumAddress, hexToBytes } from '@snetkit/core';
import { decodeBigInt, encodeBigInt } from './big-int.ts';
import type { GobValue } from './decode-gob.ts';
import { gobBlock, gobInt, gobText, gobUint } from './gob-writer.ts';

/** Types of fields that need a definition of their own in the stream. */
export type DefinedType = 'bigInt' | 'address' | 'bytes32' | 'texts';

/** What a field of an official struct holds, and how it looks in gob. */
export interface FieldKind<T> {
  /** Id of a built-in type, or the name of one that is defined in the stream. */
  readonly type: bigint | DefinedType;
  /** What a stream that leaves the field out means. */
  readonly zero: T;
  /** The bytes; undefined for a zero that gob leaves out. */
  encode(value: T): Uint8Array | undefined;
  /** The value; undefined when the stream has something else. */
  decode(value: GobValue): T | undefined;
}

/** Go `string`. */
export const text: FieldKind<string> = {
  type: 6n,
  zero: '',
  encode: (value) => (value === '' ? undefined : gobText(value)),
  decode: (value) => (typeof value === 'string' ? value : undefined),
};

/** Go `bool`. */
export const bool: FieldKind<boolean> = {
  type: 1n,
  zero: false,
  encode: (value) => (value ? Uint8Array.of(1) : undefined),
  decode: (value) => (typeof value === 'boolean' ? value : undefined),
};

/** Go `int` and `int32`. */
export const int: FieldKind<bigint> = {
  type: 2n,
  zero: 0n,
  encode: (value) => (value === 0n ? undefined : gobInt(value)),
  decode: (value) => (typeof value === 'bigint' ? value : undefined),
};

/** Go `uint64`. */
export const uint: FieldKind<bigint> = {
  type: 3n,
  zero: 0n,
  encode: (value) => (value === 0n ? undefined : gobUint(value)),
  decode: (value) => (typeof value === 'bigint' ? value : undefined),
};

/** Go `[]byte`; nil and empty are the same. */
export const bytes: FieldKind<Uint8Array> = {
  type: 5n,
  zero: new Uint8Array(0),
  encode: (value) => (value.length === 0 ? undefined : gobBlock(value)),
  decode: (value) => (value instanceof Uint8Array ? new Uint8Array(value) : undefined),
};

/** Go `*big.Int`, written also when it is 0; an absent one (nil) reads as 0. */
export const bigInt: FieldKind<bigint> = {
  type: 'bigInt',
  zero: 0n,
  encode: (value) => gobBlock(encodeBigInt(value)),
  decode: (value) => (value instanceof Uint8Array ? decodeBigInt(value) : undefined),
};

/** go-ethereum's `common.Address`; EIP-55 text here. */
export const address: FieldKind<string> = {
  type: 'address',
  zero: `0x${'0'.repeat(40)}`,
  encode: (value) => encodeByteArray(hexToBytes(value)),
  decode(value) {
    const array = decodeByteArray(value, 20);
    return array && checksumAddress(array);
  },
};

/** Go `[32]byte`; 0x and 64 digits here. */
export const bytes32: FieldKind<string> = {
  type: 'bytes32',
  zero: `0x${'0'.repeat(64)}`,
  encode: (value) => encodeByteArray(hexToBytes(value)),
  decode(value) {
    const array = decodeByteArray(value, 32);
    return array && bytesToHex(array);
  },
};

/** Go `[]string`; nil and empty are the same. */
export const texts: FieldKind<readonly string[]> = {
  type: 'texts',
  zero: [],
  encode(value) {
    if (value.length === 0) return undefined;
    return Uint8Array.from(
      [gobUint(BigInt(value.length)), ...value.map(gobText)].flatMap((part) => [...part]),
    );
  },
  decode(value) {
    return Array.isArray(value) && value.every((one) => typeof one === 'string')
      ? value
      : undefined;
  },
};

/** An array of bytes is to gob an array of unsigned integers. */
function encodeByteArray(array: Uint8Array): Uint8Array {
  return Uint8Array.from([
    ...gobUint(BigInt(array.length)),
    ...[...array].flatMap((byte) => [...gobUint(BigInt(byte))]),
  ]);
}

function decodeByteArray(value: GobValue, length: number): Uint8Array | undefined {
  if (!Array.isArray(value) || value.length !== length) return undefined;
  if (!value.every((one) => typeof one === 'bigint' && one >= 0n && one <= 255n)) return undefined;
  return Uint8Array.from(value, Number);
}
