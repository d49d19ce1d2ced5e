import { create } from '@bufbuild/protobuf';
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  type FieldDescriptorProto,
  FieldDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';
import { parseFieldOptions } from './field-options.ts';
import { type FieldPlace, setExtendee } from './field-place.ts';
import type { FileBuilder } from './file-builder.ts';
import { joinNames } from './join-names.ts';
import { toJsonName } from './json-name.ts';
import { parseFieldNumber } from './parse-field.ts';
import { readName } from './words.ts';

/** Reads a group of proto2 after the word `group`: a field, and the message that is its type. */
export function parseGroup(
  builder: FileBuilder,
  place: FieldPlace,
  label: Label | undefined,
  messages: DescriptorProto[],
): FieldDescriptorProto {
  const { cursor } = builder;
  const token = cursor.peek();
  if (builder.syntax !== 'proto2') {
    throw cursor.unexpected(
      token,
      'a message type',
      'Use a nested message: only proto2 has groups.',
    );
  }
  const { value: name, offset } = readName(cursor, 'the name of a group');
  if (!/^[A-Z]/.test(name)) {
    throw cursor.unexpected(token, 'the name of a group with a capital letter in front');
  }
  const field = create(FieldDescriptorProtoSchema, {
    name: name.toLowerCase(),
    label: label ?? Label.OPTIONAL,
    type: Type.GROUP,
    typeName: `.${joinNames(place.scope, name)}`,
  });
  field.jsonName = toJsonName(field.name);
  builder.mark(field, offset);
  parseFieldNumber(builder, field);
  setExtendee(builder, field, place);
  parseFieldOptions(builder, field, place);
  const message = create(DescriptorProtoSchema, { name });
  builder.mark(message, offset);
  messages.push(message);
  builder.parseBody(builder, message, joinNames(place.scope, name));
  return field;
}
