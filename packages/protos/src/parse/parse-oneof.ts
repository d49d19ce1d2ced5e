import { create } from '@bufbuild/protobuf';
import { type DescriptorProto, OneofDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import type { FileBuilder } from './file-builder.ts';
import { parseFieldAfterLabel } from './parse-field.ts';
import { parseGroup } from './parse-group.ts';
import { parseLabel } from './parse-label.ts';
import { parseOptionStatement } from './parse-option.ts';
import { readName } from './words.ts';

/** Reads a oneof after its keyword; its fields are fields of the message. */
export function parseOneof(builder: FileBuilder, message: DescriptorProto, scope: string): void {
  const { cursor } = builder;
  const { value: name, offset } = readName(cursor, 'the name of a oneof');
  const oneof = create(OneofDescriptorProtoSchema, { name });
  const oneofIndex = message.oneofDecl.length;
  builder.mark(oneof, offset);
  message.oneofDecl.push(oneof);
  cursor.expect('{', 'after the name of a oneof');
  const place = { scope, inOneof: true };
  let fields = 0;
  while (!cursor.take('}')) {
    if (cursor.take(';')) continue;
    if (cursor.at('option')) {
      const target = { kind: 'oneof', node: oneof, scope } as const;
      parseOptionStatement(builder, target);
      continue;
    }
    parseLabel(builder, place);
    const field = cursor.take('group')
      ? parseGroup(builder, place, undefined, message.nestedType)
      : parseFieldAfterLabel(builder, place, undefined);
    field.oneofIndex = oneofIndex;
    message.field.push(field);
    fields++;
  }
  if (fields > 0) return;
  throw cursor.unexpected({ kind: 'name', text: name, offset }, 'a oneof with at least one field');
}
