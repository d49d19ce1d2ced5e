import { invalidProto } from '../invalid-proto.ts';
import type { FileBuilder } from './file-builder.ts';
import type { OptionName, OptionNamePart, OptionValue } from './option-syntax.ts';
import { parseMessageValue } from './parse-message-value.ts';
import { readScalarValue } from './parse-scalar-value.ts';
import type { OptionTarget } from './parsed-file.ts';
import { readName, readTypeName } from './words.ts';

/** Reads `option name = value;`. */
export function parseOptionStatement(builder: FileBuilder, target: OptionTarget): void {
  builder.cursor.expect('option', 'before the name of an option');
  parseAssignment(builder, target);
  builder.cursor.expect(';', 'after the value of an option');
}

/**
 * Reads `[name = value, ...]` if it is there. `special` sees each option first, and takes those
 * that are no options in the descriptor (`default`, `json_name`).
 */
export function parseBrackets(
  builder: FileBuilder,
  targets: readonly OptionTarget[],
  special: (name: OptionName, value: OptionValue) => boolean = () => false,
): void {
  const { cursor, file } = builder;
  if (!cursor.take('[')) return;
  do {
    const { name, value } = readAssignment(builder);
    if (special(name, value)) continue;
    for (const target of targets) {
      const statement = { target, name, value };
      builder.mark(statement, value.offset);
      file.options.push(statement);
    }
  } while (cursor.take(','));
  cursor.expect(']', 'after the options');
}

function parseAssignment(builder: FileBuilder, target: OptionTarget): void {
  builder.file.options.push({ target, ...readAssignment(builder) });
}

function readAssignment(builder: FileBuilder): { name: OptionName; value: OptionValue } {
  const name = readOptionName(builder);
  builder.cursor.expect('=', 'after the name of an option');
  return { name, value: parseOptionValue(builder) };
}

const maxNameParts = 32;

function readOptionName(builder: FileBuilder): OptionName {
  const parts: OptionNamePart[] = [];
  do {
    const part = readOptionNamePart(builder);
    builder.mark(part, part.offset);
    parts.push(part);
    if (parts.length <= maxNameParts) continue;
    throw invalidProto('The name of an option has too many parts.', {
      source: builder.file.source,
      offset: part.offset,
      expected: `at most ${maxNameParts} parts`,
    });
  } while (builder.cursor.take('.'));
  return parts;
}

function readOptionNamePart({ cursor }: FileBuilder): OptionNamePart {
  if (!cursor.take('(')) {
    const { value, offset } = readName(cursor, 'the name of an option');
    return { name: value, extension: false, offset };
  }
  const { value, offset } = readTypeName(cursor, 'the name of a custom option');
  cursor.expect(')', 'after the name of a custom option');
  return { name: value, extension: true, offset };
}

/** Reads what stands after `=`. */
export function parseOptionValue(builder: FileBuilder): OptionValue {
  const { cursor } = builder;
  if (cursor.at('{')) return parseMessageValue(builder);
  return readScalarValue(cursor, 'the value of an option');
}
