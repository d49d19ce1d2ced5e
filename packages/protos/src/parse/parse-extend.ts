import type { DescriptorProto, FieldDescriptorProto } from '@bufbuild/protobuf/wkt';
import type { FileBuilder } from './file-builder.ts';
import { parseFieldAfterLabel } from './parse-field.ts';
import { parseGroup } from './parse-group.ts';
import { parseLabel } from './parse-label.ts';
import { readTypeName } from './words.ts';

/** What holds extensions: a file or a message. */
export interface ExtensionHolder {
  readonly extensions: FieldDescriptorProto[];
  /** Where the messages of groups go. */
  readonly messages: DescriptorProto[];
  /** Full name of the package or message. */
  readonly scope: string;
}

/** Reads `extend Message { fields }`. */
export function parseExtend(builder: FileBuilder, holder: ExtensionHolder): void {
  const { cursor } = builder;
  cursor.expect('extend', 'before the name of the extended message');
  const extendee = readTypeName(cursor, 'the name of the extended message');
  cursor.expect('{', 'after the name of the extended message');
  const place = { scope: holder.scope, extendee };
  do {
    if (cursor.take(';')) continue;
    const label = parseLabel(builder, place);
    holder.extensions.push(
      cursor.take('group')
        ? parseGroup(builder, place, label, holder.messages)
        : parseFieldAfterLabel(builder, place, label),
    );
  } while (!cursor.take('}'));
}
