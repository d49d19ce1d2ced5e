import { concatBytes, utf8ToBytes } from '@snetkit/core';

/** Gob's primitives as bytes (daemon.md, appendix A). */
export function gobUint(value: bigint): Uint8Array {
  if (value < 0x80n) return Uint8Array.of(Number(value));
  const bytes: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 8n) bytes.unshift(Number(rest & 0xffn));
  return Uint8Array.of(256 - bytes.length, ...bytes);
}

/** A signed integer. */
export function gobInt(value: bigint): Uint8Array {
  return gobUint(value < 0n ? (~value << 1n) | 1n : value << 1n);
}

/** Bytes behind their length. */
export function gobBlock(bytes: Uint8Array): Uint8Array {
  return concatBytes(gobUint(BigInt(bytes.length)), bytes);
}

/** UTF-8 behind its length. */
export function gobText(text: string): Uint8Array {
  return gobBlock(utf8ToBytes(text));
}

/** A struct: its fields by number, ascending; undefined is left out. */
export function gobStruct(fields: readonly (Uint8Array | undefined)[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let last = 0;
  for (const [index, field] of fields.entries()) {
    if (field === undefined) continue;
    parts.push(gobUint(BigInt(index + 1 - last)), field);
    last = index + 1;
  }
  return concatBytes(...parts, Uint8Array.of(0));
}
