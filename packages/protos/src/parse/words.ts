import { type BaseError, bytesToUtf8 } from '@snetkit/core';
import { invalidProto } from '../invalid-proto.ts';
import type { Cursor } from './cursor.ts';
import { readStringLiteral } from './string-literal.ts';
import type { Token } from './tokenizer.ts';

/** Something read, and where it began. */
export interface Located<Value> {
  readonly value: Value;
  /** Index into the source text. */
  readonly offset: number;
}

/** More names with dots between, or strings side by side, are not written by anybody. */
const maxParts = 1000;

function tooManyParts(cursor: Cursor, offset: number, what: string): BaseError {
  return invalidProto(`There are too many ${what} in a row.`, {
    source: cursor.source,
    offset,
    expected: `at most ${maxParts} ${what}`,
  });
}

/** Takes one identifier. */
export function readName(cursor: Cursor, what: string): Located<string> {
  const token = cursor.next();
  if (token.kind !== 'name') throw cursor.unexpected(token, what);
  return { value: token.text, offset: token.offset };
}

/** Takes identifiers joined by dots. */
export function readFullName(cursor: Cursor, what: string): Located<string> {
  const { value, offset } = readName(cursor, what);
  const parts = [value];
  while (cursor.take('.')) {
    const part = readName(cursor, `a name after the dot of ${what}`);
    if (parts.push(part.value) > maxParts) throw tooManyParts(cursor, part.offset, 'names');
  }
  return { value: parts.join('.'), offset };
}

/** Takes a reference to a type: a name that may begin with a dot, which makes it absolute. */
export function readTypeName(cursor: Cursor, what: string): Located<string> {
  const { offset } = cursor.peek();
  const dot = cursor.take('.') ? '.' : '';
  return { value: dot + readFullName(cursor, what).value, offset };
}

/** Takes a string, or several side by side, as bytes. */
export function readBytes(cursor: Cursor, what: string): Located<Uint8Array> {
  const token = cursor.peek();
  if (token.kind !== 'string') throw cursor.unexpected(token, what);
  const first = readStringLiteral(cursor.source, cursor.next());
  if (cursor.peek().kind !== 'string') return { value: first, offset: token.offset };
  const parts = [first];
  for (let token = cursor.peek(); token.kind === 'string'; token = cursor.peek()) {
    const length = parts.push(readStringLiteral(cursor.source, cursor.next()));
    if (length > maxParts) throw tooManyParts(cursor, token.offset, 'strings');
  }
  return { value: joinBytes(parts), offset: token.offset };
}

/** Takes a string that must be text. */
export function readText(cursor: Cursor, what: string): Located<string> {
  const { value, offset } = readBytes(cursor, what);
  try {
    return { value: bytesToUtf8(value), offset };
  } catch {
    throw invalidProto('A string is not UTF-8 text.', {
      source: cursor.source,
      offset,
      expected: what,
    });
  }
}

/** Takes a whole number between two bounds, both included; with a negative lower bound a sign may stand before it. */
export function readInteger(cursor: Cursor, what: string, min: number, max: number): number {
  const negative = min < 0 && cursor.take('-');
  const token = cursor.next();
  if (token.kind !== 'integer') throw cursor.unexpected(token, what);
  const magnitude = parseInteger(token);
  const value = negative ? -magnitude : magnitude;
  if (value >= BigInt(min) && value <= BigInt(max)) return Number(value);
  throw cursor.unexpected(token, `${what} between ${min} and ${max}`);
}

/** The value of an integer token: decimal, octal with a leading 0, or hexadecimal. */
export function parseInteger(token: Token): bigint {
  const { text } = token;
  return /^0[0-7]+$/.test(text) ? BigInt(`0o${text.slice(1)}`) : BigInt(text);
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
