import { BaseError, type JsonObject, type JsonValue } from '@snetkit/core';

/**
 * Writes a document as the official CLI publishes it: on one line, `", "` and `": "` between parts,
 * everything beyond ASCII escaped, keys in the order of the object (protocol/metadata.md 1). The
 * same document therefore has the same CID, whichever tool published it; only numbers with a
 * fraction or exponent may be spelled differently.
 *
 * @throws BaseError `JSON_INVALID` for numbers that are not finite
 */
export function serializeMetadata(document: JsonObject): string {
  return write(document);
}

function write(value: JsonValue): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new BaseError('JSON_INVALID', `The number ${value} cannot be written as JSON.`);
  }
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  const members = Object.entries(value).map(([key, item]) => `${quote(key)}: ${write(item)}`);
  return `{${members.join(', ')}}`;
}

function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
