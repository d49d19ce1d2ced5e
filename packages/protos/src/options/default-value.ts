import type { ScalarType } from '@bufbuild/protobuf';
import {
  type EnumDescriptorProto,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from '@bufbuild/protobuf/wkt';
import { findByName } from '../find-by-name.ts';
import { invalidProto } from '../invalid-proto.ts';
import type { SymbolTable } from '../link/symbols.ts';
import type { DefaultStatement, ParsedFile } from '../parse/parsed-file.ts';
import { formatFloat } from './format-float.ts';
import { readScalar, type Scalar, wrongValue } from './read-scalar.ts';

/** Writes the `default` of fields into their descriptors, as the text that descriptors have for it. */
export function setDefaults(table: SymbolTable, parsed: ParsedFile): void {
  for (const statement of parsed.defaults) {
    statement.field.defaultValue = formatDefault(table, parsed, statement);
  }
}

function formatDefault(
  table: SymbolTable,
  { source, proto }: ParsedFile,
  { field, value }: DefaultStatement,
): string {
  const { offset } = value;
  if (proto.syntax === 'proto3') {
    const hint = 'Remove the default: in proto3 every field starts at zero.';
    throw invalidProto('A field of proto3 cannot have a default.', { source, offset, hint });
  }
  const { label, type } = field;
  if (label === Label.REPEATED || type === Type.MESSAGE || type === Type.GROUP) {
    const hint = 'Remove the default.';
    throw invalidProto('A repeated or message field cannot have a default.', {
      source,
      offset,
      hint,
    });
  }
  if (type === Type.ENUM) {
    const node = table.get(field.typeName.slice(1))?.node as EnumDescriptorProto | undefined;
    const name = value.kind === 'name' && !value.negative ? value.name : '';
    if (node !== undefined && findByName(node.value, name) !== undefined) return name;
    throw wrongValue(source, value, `a value of the enum ${field.typeName.slice(1)}`);
  }
  // Apart from enum, group and message, the two tables of types are the same.
  return formatScalar(readScalar(source, type as number as ScalarType, value), type);
}

function formatScalar(scalar: Scalar, type: Type): string {
  if (scalar instanceof Uint8Array) return escapeBytes(scalar);
  if (type === Type.DOUBLE || type === Type.FLOAT) return formatFloat(Number(scalar));
  return String(scalar);
}

const shortEscapes: Readonly<Record<number, string>> = {
  9: '\\t',
  10: '\\n',
  13: '\\r',
  34: '\\"',
  39: "\\'",
  92: '\\\\',
};

function escapeBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => {
    const printable = byte >= 0x20 && byte < 0x7f;
    const plain = printable ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
    return shortEscapes[byte] ?? plain;
  }).join('');
}
