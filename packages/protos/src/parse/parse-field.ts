import { create } from '@bufbuild/protobuf';
import {
  type FieldDescriptorProto,
  FieldDescriptorProtoSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';
import { parseFieldOptions } from './field-options.ts';
import { type FieldPlace, setExtendee } from './field-place.ts';
import type { FileBuilder } from './file-builder.ts';
import { toJsonName } from './json-name.ts';
import { getScalarType } from './scalar-types.ts';
import { type Located, readInteger, readName, readTypeName } from './words.ts';

/** The highest number that a field may have. */
export const maxFieldNumber = 536_870_911;

/** Reads a field from its type on: `Type name = number [options];`. */
export function parseFieldAfterLabel(
  builder: FileBuilder,
  place: FieldPlace,
  label: Label | undefined,
): FieldDescriptorProto {
  const field = create(FieldDescriptorProtoSchema, { label: label ?? Label.OPTIONAL });
  const type = readTypeName(builder.cursor, 'the type of a field');
  setFieldType(builder, field, type, place.scope);
  parseFieldRest(builder, field, place);
  if (label === Label.OPTIONAL && builder.syntax === 'proto3') field.proto3Optional = true;
  builder.cursor.expect(';', 'after a field');
  return field;
}

/** Notes the type of a field: a built-in type at once, any other when all files are read. */
export function setFieldType(
  { file }: FileBuilder,
  field: FieldDescriptorProto,
  type: Located<string>,
  scope: string,
): void {
  const scalar = getScalarType(type.value);
  if (scalar !== undefined) {
    field.type = scalar;
    return;
  }
  file.types.push({
    name: type.value,
    offset: type.offset,
    scope,
    wants: 'message or enum',
    resolve(typeName, kind) {
      field.typeName = typeName;
      field.type = kind === 'enum' ? Type.ENUM : Type.MESSAGE;
    },
  });
}

/** Reads `name = number [options]` of a field whose type is known. */
export function parseFieldRest(
  builder: FileBuilder,
  field: FieldDescriptorProto,
  place: FieldPlace,
): void {
  const { cursor } = builder;
  const { value: name, offset } = readName(cursor, 'the name of a field');
  field.name = name;
  field.jsonName = toJsonName(name);
  builder.mark(field, offset);
  parseFieldNumber(builder, field);
  setExtendee(builder, field, place);
  parseFieldOptions(builder, field, place);
}

/** Reads `= number`. */
export function parseFieldNumber({ cursor }: FileBuilder, field: FieldDescriptorProto): void {
  cursor.expect('=', `and a number after the name of field ${JSON.stringify(field.name)}`);
  field.number = readInteger(cursor, 'a field number', 1, maxFieldNumber);
}
