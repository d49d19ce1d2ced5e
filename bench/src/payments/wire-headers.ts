import type { OutgoingHttpHeaders } from 'node:http2';
import { bytesToBase64, type HeaderEntry } from '@snetkit/core';

/** Payment headers as they stand on the wire. */
export function wireHeaders(entries: readonly HeaderEntry[]): OutgoingHttpHeaders {
  return Object.fromEntries(
    entries.map(([name, value]) => [
      name,
      typeof value === 'string' ? value : bytesToBase64(value),
    ]),
  );
}
