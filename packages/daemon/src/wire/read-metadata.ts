import type { IncomingHttpHeaders } from 'node:http2';
import type { Metadata } from '../call/status.ts';

/**
 * Header fields as metadata, without pseudo fields and those named in `skip`. A field that was given
 * more than once becomes a list; `node:http2` joins such fields with commas, which cannot be undone.
 *
 * @param headers the fields as `node:http2` merged them
 * @param rawHeaders the same fields as they came: name, value, name, value, ...
 */
export function readMetadata(
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
  skip: ReadonlySet<string>,
): Metadata {
  const metadata: Record<string, string | string[]> = { __proto__: null as never };
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    const value = rawHeaders[at + 1] as string;
    if (name.charCodeAt(0) === 0x3a || skip.has(name)) continue;
    const known = metadata[name];
    if (known === undefined) metadata[name] = value;
    else if (typeof known !== 'string') known.push(value);
    // Where node:http2 kept the first value only, the field may not be repeated: neither do we.
    else if (headers[name] !== known) metadata[name] = [known, value];
  }
  return metadata;
}
