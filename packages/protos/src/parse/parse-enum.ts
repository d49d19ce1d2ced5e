import { create } from '@bufbuild/protobuf';
import {
  type EnumDescriptorProto,
  EnumDescriptorProtoSchema,
  EnumValueDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';
import type { FileBuilder } from './file-builder.ts';
import { parseBrackets, parseOptionStatement } from './parse-option.ts';
import { parseEnumReserved } from './parse-ranges.ts';
import { readInteger, readName } from './words.ts';

/** Reads an enum after its keyword. */
export function parseEnum(builder: FileBuilder, scope: string): EnumDescriptorProto {
  const { cursor } = builder;
  const { value: name, offset } = readName(cursor, 'the name of an enum');
  const node = create(EnumDescriptorProtoSchema, { name });
  builder.mark(node, offset);
  cursor.expect('{', 'after the name of an enum');
  while (!cursor.take('}')) {
    if (cursor.take(';')) continue;
    if (cursor.at('option')) {
      parseOptionStatement(builder, { kind: 'enum', node, scope });
    } else if (cursor.at('reserved')) {
      parseEnumReserved(builder, node);
    } else {
      parseEnumValue(builder, node, scope);
    }
  }
  if (node.value.length > 0) return node;
  throw cursor.unexpected({ kind: 'name', text: name, offset }, 'an enum with at least one value');
}

/** The names of values live beside the enum, not inside it. */
function parseEnumValue(builder: FileBuilder, node: EnumDescriptorProto, scope: string): void {
  const { cursor } = builder;
  const { value: name, offset } = readName(cursor, 'the name of an enum value');
  const value = create(EnumValueDescriptorProtoSchema, { name });
  builder.mark(value, offset);
  cursor.expect('=', `and a number after enum value ${JSON.stringify(name)}`);
  value.number = readInteger(cursor, 'the number of an enum value', -0x8000_0000, 0x7fff_ffff);
  parseBrackets(builder, [{ kind: 'enumValue', node: value, scope }]);
  cursor.expect(';', 'after an enum value');
  node.value.push(value);
}
