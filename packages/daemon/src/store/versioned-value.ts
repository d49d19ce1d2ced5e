import type { Versioned } from './store.ts';

const headerBytes = 8;

/** A value as SQLite holds it: version (8 bytes, big-endian), then the bytes. */
export function encodeVersioned(value: Uint8Array, version: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(headerBytes + value.length);
  bytes.writeBigUInt64BE(version);
  bytes.set(value, headerBytes);
  return bytes;
}

/** Reads what {@link encodeVersioned} wrote; the value is a view of `bytes`. */
export function decodeVersioned(bytes: Uint8Array): Versioned {
  return { version: readVersion(bytes), value: bytes.subarray(headerBytes) };
}

/** The version alone. */
export function readVersion(bytes: Uint8Array): bigint {
  return Buffer.from(bytes.buffer, bytes.byteOffset, headerBytes).readBigUInt64BE(0);
}
