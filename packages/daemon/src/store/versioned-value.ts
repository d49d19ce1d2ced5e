import type { Versioned } from './store.ts';

const headerBytes = 8;

/** A value as LMDB holds it: version (8 bytes, big-endian), then the bytes. */
export function encodeVersioned(value: Uint8Array, version: bigint): Buffer {
  const bytes = Buffer.allocUnsafeSlow(headerBytes + value.length);
  bytes.writeBigUInt64BE(version);
  bytes.set(value, headerBytes);
  return bytes;
}

/** Reads what {@link encodeVersioned} wrote; the value is a view of `bytes`. */
export function decodeVersioned(bytes: Buffer): Versioned {
  return {
    version: readVersion(bytes),
    value: new Uint8Array(
      bytes.buffer,
      bytes.byteOffset + headerBytes,
      bytes.byteLength - headerBytes,
    ),
  };
}

/** The version alone. */
export function readVersion(bytes: Buffer): bigint {
  return bytes.readBigUInt64BE(0);
}
