import { bytesToUtf8 } from '@snetkit/core';
import { archiveInvalid } from './archive-error.ts';

/**
 * Reads the records of a pax extended header (POSIX.1-2001): `<length> <key>=<value>\n`, where the
 * length counts itself.
 *
 * @throws BaseError `ARCHIVE_INVALID`, `TEXT_INVALID`
 */
export function readPax(bytes: Uint8Array, place: string): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    // A length of more digits than this cannot be true; looking no further keeps reading linear.
    const [digits] = /^[0-9]{1,7} /.exec(String.fromCharCode(...bytes.subarray(at, at + 8))) ?? [];
    const end = at + Number(digits);
    if (digits === undefined || end > bytes.length || bytes[end - 1] !== 0x0a) throw invalid(place);
    const record = bytesToUtf8(bytes.subarray(at + digits.length, end - 1));
    const equals = record.indexOf('=');
    if (equals < 1) throw invalid(place);
    records.set(record.slice(0, equals), record.slice(equals + 1));
    at = end;
  }
  return records;
}

function invalid(place: string) {
  return archiveInvalid('The proto archive is damaged.', {
    place,
    expected: 'pax records: "<length> <key>=<value>" and a line break',
    found: 'something else',
  });
}
