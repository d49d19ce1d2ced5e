import type { SqliteEntries } from './sqlite-entries.ts';
import type { StoredEntry } from './store.ts';
import { decodeVersioned } from './versioned-value.ts';

/** Entries read at a time. */
const pageSize = 256;

/**
 * All keys with the prefix, page by page: no read transaction stays open while the reader thinks, and
 * a key that is there throughout is listed once, as it stood when its page was read.
 *
 * @param open - the table, as long as it may be read
 * @param skippedBytes - bytes of the key that the reader does not see
 */
export async function* listSqlite(
  open: () => Pick<SqliteEntries, 'list'>,
  prefix: string,
  skippedBytes: number,
): AsyncGenerator<StoredEntry> {
  let from = Buffer.from(prefix);
  // 0xff occurs in no UTF-8 text.
  const to = Buffer.concat([from, Buffer.of(0xff)]);
  for (;;) {
    const page = open().list({ from, to, limit: pageSize });
    for (const { key, value } of page) {
      const text = Buffer.from(key.buffer, key.byteOffset, key.byteLength);
      yield { key: text.toString('utf8', skippedBytes), ...decodeVersioned(value) };
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    // The first key after the last one.
    from = Buffer.concat([last.key, Buffer.of(0)]);
  }
}
