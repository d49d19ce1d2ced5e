import type { LmdbEnvironment } from './lmdb-environment.ts';
import type { StoredEntry } from './store.ts';
import { decodeVersioned } from './versioned-value.ts';

/** Entries read at a time. */
const pageSize = 256;

/**
 * All keys with the prefix, page by page: no read transaction stays open while the reader thinks, and
 * a key that is there throughout is listed once, as it stood when its page was read.
 *
 * @param open - the environment, with whatever was applied until now visible
 * @param skippedBytes - bytes of the key that the reader does not see
 */
export async function* listLmdb(
  open: () => LmdbEnvironment,
  prefix: string,
  skippedBytes: number,
): AsyncGenerator<StoredEntry> {
  let start = Buffer.from(prefix);
  // 0xff occurs in no UTF-8 text.
  const end = Buffer.concat([start, Buffer.of(0xff)]);
  for (;;) {
    const page = [...open().getRange({ start, end, limit: pageSize })];
    for (const { key, value } of page) {
      yield { key: key.toString('utf8', skippedBytes), ...decodeVersioned(value) };
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    // The first key after the last one.
    start = Buffer.concat([last.key, Buffer.of(0)]);
  }
}
