import { BaseError } from '@snetkit/core';

/** Reads the numbers and texts of a gob stream. Nothing is allocated that the bytes in hand cannot fill. */
export interface GobReader {
  /** Position in the whole stream, for errors. */
  readonly position: number;
  readonly isAtEnd: boolean;
  /** An unsigned integer of up to 64 bits. */
  readUint(): bigint;
  /** A signed integer of up to 64 bits. */
  readInt(): bigint;
  /** A count of things that take at least one byte each: never more than there are bytes. */
  readCount(): number;
  /** The next bytes, as a view. */
  readBytes(length: number): Uint8Array;
  /** Bytes behind their length. */
  readBlock(): Uint8Array;
  /** UTF-8 behind its length. */
  readText(): string;
  /** Throws: what the stream says makes no sense. */
  fail(problem: string): never;
}

/**
 * A reader of gob's primitives (daemon.md, appendix A).
 *
 * @param bytes - a part of the stream
 * @param options.place - whose value it is, for errors
 * @param options.offset - where the part begins in the stream
 */
export function createGobReader(
  bytes: Uint8Array,
  options: { readonly place: string; readonly offset?: number },
): GobReader {
  const { place, offset = 0 } = options;
  let at = 0;

  function fail(problem: string): never {
    throw new BaseError('OFFICIAL_VALUE_INVALID', 'A gob value cannot be read.', {
      place,
      found: `${problem} (byte ${offset + at} of the value)`,
    });
  }

  function readBytes(length: number): Uint8Array {
    if (length > bytes.length - at) {
      fail(`${length} bytes announced, ${bytes.length - at} left`);
    }
    at += length;
    return bytes.subarray(at - length, at);
  }

  function readUint(): bigint {
    const [first = 0] = readBytes(1);
    if (first < 0x80) return BigInt(first);
    const length = 256 - first;
    if (length > 8) fail(`an integer of ${length} bytes`);
    let value = 0n;
    for (const byte of readBytes(length)) value = (value << 8n) | BigInt(byte);
    return value;
  }

  function readCount(): number {
    const count = readUint();
    if (count > BigInt(bytes.length - at)) {
      fail(`${count} elements or bytes announced, ${bytes.length - at} bytes left`);
    }
    return Number(count);
  }

  const readBlock = () => readBytes(readCount());
  return {
    get position() {
      return offset + at;
    },
    get isAtEnd() {
      return at === bytes.length;
    },
    readUint,
    readInt() {
      const value = readUint();
      return (value & 1n) === 1n ? ~(value >> 1n) : value >> 1n;
    },
    readCount,
    readBytes,
    readBlock,
    readText() {
      const block = readBlock();
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(block);
      } catch {
        return fail('text that is not UTF-8');
      }
    },
    fail,
  };
}
