import { Buffer } from 'node:buffer';
import { KuboError } from './kubo-error.ts';

/** One part of a multipart body. */
export interface MultipartPart {
  /** File name as the client gave it, percent-decoded; empty when it gave none. */
  readonly fileName: string;
  /** In lower case, without parameters; empty when not given. */
  readonly contentType: string;
  readonly data: Uint8Array;
}

const lineBreak = Buffer.from('\r\n');
const headEnd = Buffer.from('\r\n\r\n');

/**
 * Splits a multipart body (RFC 2046) that is wholly in memory. The usual parsers follow RFC 7578
 * and drop parts without a `name`, which is how the official Python client sends its files.
 *
 * Throws `KuboError` when the body is not what its content type says.
 */
export function readMultipart(body: Uint8Array, contentType: string): MultipartPart[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const boundary = Buffer.from(`--${readBoundary(contentType)}`);
  const parts: MultipartPart[] = [];
  let at = bytes.indexOf(boundary);
  for (;;) {
    if (at === -1) throw new KuboError(400, 'the multipart body does not end with its boundary');
    const start = at + boundary.length;
    if (bytes.subarray(start, start + 2).toString('latin1') === '--') return parts;
    const bodyStart = bytes.indexOf(headEnd, start);
    const next = bytes.indexOf(Buffer.concat([lineBreak, boundary]), start);
    if (bodyStart === -1 || next === -1) {
      throw new KuboError(400, 'the multipart body is cut off');
    }
    const from = bodyStart + headEnd.length;
    const head = readHead(bytes.subarray(start, bodyStart).toString('utf8'));
    parts.push({ ...head, data: bytes.subarray(from, Math.max(from, next)) });
    at = next + lineBreak.length;
  }
}

function readBoundary(contentType: string): string {
  const match = /^multipart\/[^;]+;.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary !== undefined) return boundary;
  throw new KuboError(400, 'the files must come as multipart/form-data with a boundary');
}

function readHead(text: string): { fileName: string; contentType: string } {
  const headers = new Map(
    text.split('\r\n').map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const disposition = headers.get('content-disposition') ?? '';
  const fileName = /\bfilename="([^"]*)"/i.exec(disposition)?.[1] ?? '';
  const contentType = (headers.get('content-type') ?? '').split(';')[0] ?? '';
  return { fileName: decodeName(fileName), contentType: contentType.trim().toLowerCase() };
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
