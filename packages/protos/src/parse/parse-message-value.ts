import type { FileBuilder } from './file-builder.ts';
import type { MessageEntry, OptionValue } from './option-syntax.ts';
import { readScalarValue } from './parse-scalar-value.ts';
import { readFullName, readName } from './words.ts';

/** Reads an option value in braces: the text format of protobuf. */
export function parseMessageValue(builder: FileBuilder): OptionValue {
  const { cursor } = builder;
  const opening = cursor.next();
  const closing = opening.text === '<' ? '>' : '}';
  const fields: MessageEntry[] = [];
  cursor.nest(opening.offset, () => {
    while (!cursor.take(closing)) {
      const entry = readEntry(builder);
      builder.mark(entry, entry.offset);
      fields.push(entry);
      if (!cursor.take(',')) cursor.take(';');
    }
  });
  return { kind: 'message', fields, offset: opening.offset };
}

function readEntry(builder: FileBuilder): MessageEntry {
  const { cursor } = builder;
  const key = readKey(builder);
  const colon = cursor.take(':');
  if (cursor.at('{') || cursor.at('<')) return { ...key, value: parseMessageValue(builder) };
  if (cursor.at('[')) return { ...key, value: readList(builder, colon) };
  if (!colon)
    throw cursor.unexpected(cursor.peek(), `":" or "{" after ${JSON.stringify(key.name)}`);
  return { ...key, value: readScalarValue(cursor, 'the value of a field') };
}

function readKey({ cursor }: FileBuilder): Omit<MessageEntry, 'value'> {
  const { offset } = cursor.peek();
  if (!cursor.take('[')) {
    return { name: readName(cursor, 'the name of a field, or "}"').value, kind: 'field', offset };
  }
  const { value } = readFullName(cursor, 'the full name of an extension');
  const any = cursor.take('/');
  const name = any ? readFullName(cursor, 'the full name of a message').value : value;
  cursor.expect(']', 'after the name');
  return any
    ? { name: `${value}/${name}`, kind: 'any', offset }
    : { name, kind: 'extension', offset };
}

function readList(builder: FileBuilder, scalars: boolean): OptionValue {
  const { cursor } = builder;
  const { offset } = cursor.next();
  const items: OptionValue[] = [];
  if (cursor.take(']')) return { kind: 'list', items, offset };
  do {
    const message = cursor.at('{') || cursor.at('<') || !scalars;
    const item = message ? readMessageItem(builder) : readScalarValue(cursor, 'a value');
    builder.mark(item, item.offset);
    items.push(item);
  } while (cursor.take(','));
  cursor.expect(']', 'after the last value of the list');
  return { kind: 'list', items, offset };
}

function readMessageItem(builder: FileBuilder): OptionValue {
  const { cursor } = builder;
  if (cursor.at('{') || cursor.at('<')) return parseMessageValue(builder);
  throw cursor.unexpected(cursor.peek(), '"{", or ":" before the list');
}
