import type { DescExtension, DescField, DescMessage } from '@bufbuild/protobuf';
import { findByName } from '../find-by-name.ts';
import { invalidProto, quote } from '../invalid-proto.ts';
import type { SourceFile } from '../parse/source-file.ts';

/** What names in option values are looked up with. */
export interface OptionContext {
  readonly source: SourceFile;
  /** Finds an extension by its name as written. */
  findExtension(name: string): DescExtension | undefined;
  /** Finds a message by its full name. */
  findMessage(fullName: string): DescMessage | undefined;
}

/** What the name of an option can mean. */
export type Field = DescField | DescExtension;

/** Finds the field or extension of a message that a part of an option's name means. */
export function findField(
  { source, findExtension }: OptionContext,
  desc: DescMessage,
  { name, offset }: { readonly name: string; readonly offset: number },
  extension: boolean,
): Field {
  const field = extension
    ? findExtension(name)
    : reservedOptions.has(name)
      ? undefined
      : findByName(desc.fields, name);
  if (field === undefined) {
    throw invalidProto(`The option ${quote(extension ? `(${name})` : name)} is not known.`, {
      source,
      offset,
      expected: extension
        ? `an extension of ${desc.typeName} in this file or one that it imports`
        : `a field of ${desc.typeName}`,
      hint: extension
        ? 'Import the file that defines the option, or correct its name.'
        : 'Correct the name; a custom option stands in parentheses.',
    });
  }
  if (field.kind === 'extension' && field.extendee.typeName !== desc.typeName) {
    throw invalidProto(`The option ${quote(`(${name})`)} does not belong here.`, {
      source,
      offset,
      expected: `an extension of ${desc.typeName}`,
      found: `an extension of ${field.extendee.typeName}`,
    });
  }
  return field;
}

/** Fields of the options messages that no source may set. */
const reservedOptions: ReadonlySet<string> = new Set(['uninterpreted_option', 'map_entry']);
