import { SymbolVisibility } from '@bufbuild/protobuf/wkt';
import type { FileBuilder } from './file-builder.ts';

/** Takes `export` or `local` before a message or enum; only editions have them. */
export function takeVisibility({ cursor, syntax }: FileBuilder): SymbolVisibility | undefined {
  const token = cursor.peek();
  if (syntax !== 'editions' || token.kind !== 'name') return undefined;
  if (token.text !== 'export' && token.text !== 'local') return undefined;
  cursor.next();
  if (!cursor.at('message') && !cursor.at('enum')) {
    throw cursor.unexpected(cursor.peek(), `"message" or "enum" after "${token.text}"`);
  }
  return token.text === 'export'
    ? SymbolVisibility.VISIBILITY_EXPORT
    : SymbolVisibility.VISIBILITY_LOCAL;
}
