import { BaseError, bytesToUtf8, concatBytes } from '@snetkit/core';
import { archiveInvalid, archiveTooLarge } from './archive-error.ts';
import { readPax } from './read-pax.ts';
import { type TarEntry, type TarEntryType, tarBlockBytes } from './tar-entry.ts';
import { cutAtNul, readTarHeader, type TarHeader } from './tar-header.ts';

/** Limits of {@link readTar}. */
export interface ReadTarLimits {
  /** Entries, and headers that only describe the next entry. */
  readonly maxEntries: number;
  /** Bytes of one entry. */
  readonly maxFileBytes: number;
}

/** A pax header or a GNU long name is a few hundred bytes; more is an attack. */
const maxExtensionBytes = 64 * 1024;

const entryTypes: Readonly<Record<string, TarEntryType>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '5': 'directory',
};

const refusedTypes: Readonly<Record<string, string>> = {
  '1': 'a hard link',
  '2': 'a symbolic link',
  '3': 'a character device',
  '4': 'a block device',
  '6': 'a named pipe',
  K: 'a link with a long target',
};

/** What headers before an entry say about it. */
interface Overrides {
  name?: string;
  size?: string;
}

/**
 * Reads the files and directories of a tar archive: ustar, pax and GNU long names. An archive that
 * is cut off, or goes on behind its end, is refused, and so is every other kind of entry.
 *
 * The reading is our own because the libraries at hand either take unknown kinds for files or need
 * hours for a hostile pax header (docs/decisions/005).
 *
 * @throws BaseError `ARCHIVE_INVALID`, `ARCHIVE_TOO_LARGE`
 */
export function* readTar(bytes: Uint8Array, limits: ReadTarLimits): Generator<TarEntry> {
  let overrides: Overrides = {};
  let at = 0;
  for (let count = 1; ; count++) {
    const place = `byte ${at}`;
    const block = bytes.subarray(at, at + tarBlockBytes);
    if (block.length < tarBlockBytes) throw truncated(place);
    if (block.every((byte) => byte === 0)) break;
    if (count > limits.maxEntries) throw archiveTooLarge(`${limits.maxEntries} entries`);
    const header = readTarHeader(block, place);
    const size = getSize(header, overrides, limits, place);
    const start = at + tarBlockBytes;
    at = start + Math.ceil(size / tarBlockBytes) * tarBlockBytes;
    if (at > bytes.length) throw truncated(place);
    const data = bytes.subarray(start, start + size);
    const extension = readExtension(header, data, place);
    if (extension !== undefined) {
      overrides = { ...overrides, ...extension };
      continue;
    }
    const name = overrides.name ?? readName(header, place);
    overrides = {};
    yield { name, type: getType(header.flag, name, place), data };
  }
  if (Object.keys(overrides).length > 0) throw truncated(`byte ${at}`);
  if (bytes.subarray(at).some((byte) => byte !== 0)) {
    throw archiveInvalid('The proto archive goes on behind its end.', { place: `byte ${at}` });
  }
}

// Headers that say something about the next entry, or about all of them.
function readExtension(header: TarHeader, data: Uint8Array, place: string): Overrides | undefined {
  if (header.flag === 'L') return { name: text(cutAtNul(data), place) };
  if (header.flag !== 'x' && header.flag !== 'g') return undefined;
  const records = readPax(data, place);
  const odd = [...records.keys()].find((key) => key.startsWith('GNU.sparse.'));
  const global = header.flag === 'g' && (records.has('path') || records.has('size'));
  if (odd === undefined && !global) {
    const name = records.get('path');
    const size = records.get('size');
    return { ...(name !== undefined && { name }), ...(size !== undefined && { size }) };
  }
  throw archiveInvalid('The proto archive has an entry of a forbidden kind.', {
    place,
    expected: 'plain files and directories',
    found: odd === undefined ? 'one name or size for all entries' : 'a sparse file',
  });
}

function getSize(
  header: TarHeader,
  overrides: Overrides,
  limits: ReadTarLimits,
  place: string,
): number {
  const extension = 'Lxg'.includes(header.flag);
  const text = extension ? undefined : overrides.size;
  if (text !== undefined && !/^[0-9]{1,15}$/.test(text)) {
    throw archiveInvalid('The proto archive is damaged.', {
      place,
      expected: 'a size in decimal digits',
      found: JSON.stringify(text.slice(0, 40)),
    });
  }
  const size = text === undefined ? header.size : Number(text);
  const max = extension ? maxExtensionBytes : limits.maxFileBytes;
  if (size <= max) return size;
  const what = extension ? 'an extended header' : 'one entry';
  throw archiveTooLarge(`${max} bytes in ${what}`, { place, found: `${size} bytes` });
}

function readName({ name, prefix }: TarHeader, place: string): string {
  const slash = new Uint8Array(prefix.length > 0 ? [0x2f] : []);
  return text(concatBytes(prefix, slash, name), place);
}

function text(bytes: Uint8Array, place: string): string {
  try {
    return bytesToUtf8(bytes);
  } catch (cause) {
    throw archiveInvalid('The proto archive has an entry with a forbidden name.', {
      place,
      expected: 'a name in UTF-8',
      found: 'other bytes',
      cause: BaseError.from(cause),
    });
  }
}

function getType(flag: string, name: string, place: string): TarEntryType {
  // Before ustar, a directory was a file whose name ends in a slash.
  if (flag === '\0' && name.endsWith('/')) return 'directory';
  const type = entryTypes[flag];
  if (type !== undefined) return type;
  throw archiveInvalid('The proto archive has an entry of a forbidden kind.', {
    place: `${JSON.stringify(name.slice(0, 100))} at ${place}`,
    expected: 'plain files and directories',
    found: refusedTypes[flag] ?? `the type ${JSON.stringify(flag)}`,
  });
}

function truncated(place: string) {
  return archiveInvalid('The proto archive is cut off.', {
    place,
    expected: 'entries, then blocks of zeros',
    found: 'the end of the archive',
  });
}
