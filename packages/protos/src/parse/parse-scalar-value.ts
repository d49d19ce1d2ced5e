import type { Cursor } from './cursor.ts';
import type { OptionValue } from './option-syntax.ts';
import { parseInteger, readBytes } from './words.ts';

/** Reads a number, a string or a name, which may be an enum value, `true`, `inf` and the like. */
export function readScalarValue(cursor: Cursor, what: string): OptionValue {
  const { offset, kind } = cursor.peek();
  if (kind === 'string') return { kind: 'bytes', ...readBytes(cursor, what) };
  const negative = cursor.take('-');
  const token = cursor.next();
  if (token.kind === 'name') return { kind: 'name', name: token.text, negative, offset };
  if (token.kind === 'float') {
    return { kind: 'float', value: negative ? -Number(token.text) : Number(token.text), offset };
  }
  if (token.kind !== 'integer') throw cursor.unexpected(token, what);
  const magnitude = parseInteger(token);
  return { kind: 'integer', value: negative ? -magnitude : magnitude, negative, offset };
}
