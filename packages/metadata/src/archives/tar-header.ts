import { archiveInvalid } from './archive-error.ts';
import { tarBlockBytes } from './tar-entry.ts';

/** The fields of a tar header that matter for reading. */
export interface TarHeader {
  /** Bytes of the name as they stand; who reads on decides whether they are text. */
  readonly name: Uint8Array;
  /** Bytes of the directory part in a ustar header; empty elsewhere. */
  readonly prefix: Uint8Array;
  /** Bytes of data that follow. */
  readonly size: number;
  /** The type flag as text; old archives have NUL for files. */
  readonly flag: string;
}

/**
 * Reads a tar header (POSIX.1-1988 ustar, GNU, and the older format without a magic number).
 *
 * @throws BaseError `ARCHIVE_INVALID` when checksum or size are wrong
 */
export function readTarHeader(block: Uint8Array, place: string): TarHeader {
  const stored = readNumber(block.subarray(148, 156));
  if (stored !== sum(block)) {
    throw archiveInvalid('The proto archive is damaged.', {
      place,
      expected: `a tar header with the checksum ${sum(block)}`,
      found: stored === undefined ? 'other bytes' : `the checksum ${stored}`,
    });
  }
  const size = readNumber(block.subarray(124, 136));
  if (size === undefined) {
    throw archiveInvalid('The proto archive is damaged.', {
      place,
      expected: 'a size in octal digits',
      found: 'something else',
    });
  }
  const ustar = ascii(block.subarray(257, 263)) === 'ustar\0';
  return {
    name: cutAtNul(block.subarray(0, 100)),
    prefix: ustar ? cutAtNul(block.subarray(345, 500)) : new Uint8Array(),
    size,
    flag: ascii(block.subarray(156, 157)),
  };
}

/** The sum over all bytes of a header, its own field taken as blanks. */
export function sum(block: Uint8Array): number {
  let total = 0;
  for (let i = 0; i < tarBlockBytes; i++) total += i >= 148 && i < 156 ? 32 : (block[i] ?? 0);
  return total;
}

// Octal digits between blanks, or a big-endian number marked by its first bit (GNU).
function readNumber(field: Uint8Array): number | undefined {
  if (field[0] === 0x80) {
    const value = field.subarray(1).reduce((number, byte) => number * 256 + byte, 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const digits = /^ *([0-7]*)[ \0]*$/.exec(ascii(field))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits || '0', 8);
}

/** The bytes before the first NUL. */
export function cutAtNul(bytes: Uint8Array): Uint8Array {
  const end = bytes.indexOf(0);
  return end === -1 ? bytes : bytes.subarray(0, end);
}

function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
