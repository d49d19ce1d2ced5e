import { create } from '@bufbuild/protobuf';
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  type FieldDescriptorProto,
  FieldDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';
import type { FieldPlace } from './field-place.ts';
import type { FileBuilder } from './file-builder.ts';
import { toMapEntryName } from './json-name.ts';
import { parseFieldRest, setFieldType } from './parse-field.ts';
import { getScalarType } from './scalar-types.ts';
import { readTypeName } from './words.ts';

const keyTypes = 'an integer type, bool or string as the key of a map';

/** Reads a map field from `<` on, and adds the entry message that it stands for on the wire. */
export function parseMapField(
  builder: FileBuilder,
  message: DescriptorProto,
  place: FieldPlace,
): FieldDescriptorProto {
  const { cursor } = builder;
  cursor.expect('<', 'after "map"');
  const keyToken = cursor.peek();
  const keyType = getScalarType(readTypeName(cursor, keyTypes).value);
  if (
    keyType === undefined ||
    keyType === Type.BYTES ||
    keyType === Type.DOUBLE ||
    keyType === Type.FLOAT
  ) {
    throw cursor.unexpected(keyToken, keyTypes);
  }
  cursor.expect(',', 'between the two types of a map');
  const valueType = readTypeName(cursor, 'the type of the values of a map');
  cursor.expect('>', 'after the types of a map');

  const field = create(FieldDescriptorProtoSchema, { label: Label.REPEATED, type: Type.MESSAGE });
  parseFieldRest(builder, field, place);
  const offset = builder.file.places.get(field) ?? keyToken.offset;
  cursor.expect(';', 'after a field');

  const entry = create(DescriptorProtoSchema, {
    name: toMapEntryName(field.name),
    field: [
      { name: 'key', jsonName: 'key', number: 1, label: Label.OPTIONAL, type: keyType },
      { name: 'value', jsonName: 'value', number: 2, label: Label.OPTIONAL },
    ],
    options: { mapEntry: true },
  });
  const [, value] = entry.field;
  if (value !== undefined) setFieldType(builder, value, valueType, place.scope);
  for (const node of [entry, ...entry.field]) builder.mark(node, offset);
  message.nestedType.push(entry);
  field.typeName = `.${place.scope}.${entry.name}`;
  return field;
}
