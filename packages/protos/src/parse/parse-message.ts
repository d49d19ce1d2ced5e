import { create } from '@bufbuild/protobuf';
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  OneofDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';
import type { FileBuilder } from './file-builder.ts';
import { getParent, joinNames } from './join-names.ts';
import { parseEnum } from './parse-enum.ts';
import { parseExtend } from './parse-extend.ts';
import { parseFieldAfterLabel } from './parse-field.ts';
import { parseGroup } from './parse-group.ts';
import { parseLabel } from './parse-label.ts';
import { parseMapField } from './parse-map-field.ts';
import { parseOneof } from './parse-oneof.ts';
import { parseOptionStatement } from './parse-option.ts';
import { parseExtensionRanges, parseMessageReserved } from './parse-ranges.ts';
import { takeVisibility } from './visibility.ts';
import { readName } from './words.ts';

/** Reads a message after its keyword. */
export function parseMessage(builder: FileBuilder, scope: string): DescriptorProto {
  const { value: name, offset } = readName(builder.cursor, 'the name of a message');
  const message = create(DescriptorProtoSchema, { name });
  builder.mark(message, offset);
  parseMessageBody(builder, message, joinNames(scope, name));
  return message;
}

/** Reads `{ ... }` of a message whose full name is `scope`. */
export function parseMessageBody(
  builder: FileBuilder,
  message: DescriptorProto,
  scope: string,
): void {
  const { cursor } = builder;
  const { offset } = cursor.expect('{', 'after the name of a message');
  cursor.nest(offset, () => {
    while (!cursor.take('}')) parseMember(builder, message, scope);
  });
  addSyntheticOneofs(message);
}

function parseMember(builder: FileBuilder, message: DescriptorProto, scope: string): void {
  const { cursor } = builder;
  const visibility = takeVisibility(builder);
  if (cursor.take('message')) {
    const nested = parseMessage(builder, scope);
    if (visibility !== undefined) nested.visibility = visibility;
    message.nestedType.push(nested);
  } else if (cursor.take('enum')) {
    const nested = parseEnum(builder, scope);
    if (visibility !== undefined) nested.visibility = visibility;
    message.enumType.push(nested);
  } else if (cursor.at('option')) {
    parseOptionStatement(builder, { kind: 'message', node: message, scope: getParent(scope) });
  } else if (cursor.at('extend')) {
    const holder = { extensions: message.extension, messages: message.nestedType, scope };
    parseExtend(builder, holder);
  } else if (cursor.at('reserved')) {
    parseMessageReserved(builder, message);
  } else if (cursor.at('extensions')) {
    parseExtensionRanges(builder, message, scope);
  } else if (cursor.take('oneof')) {
    parseOneof(builder, message, scope);
  } else if (!cursor.take(';')) {
    parseField(builder, message, scope);
  }
}

function parseField(builder: FileBuilder, message: DescriptorProto, scope: string): void {
  const { cursor } = builder;
  const place = { scope };
  if (cursor.take('map')) {
    message.field.push(parseMapField(builder, message, place));
    return;
  }
  const label = parseLabel(builder, place);
  message.field.push(
    cursor.take('group')
      ? parseGroup(builder, place, label, message.nestedType)
      : parseFieldAfterLabel(builder, place, label),
  );
}

/** An optional field of proto3 is described as the only member of a oneof, after all real ones. */
function addSyntheticOneofs(message: DescriptorProto): void {
  const names = new Set([...message.field, ...message.oneofDecl].map(({ name }) => name));
  for (const field of message.field) {
    if (!field.proto3Optional) continue;
    let name = field.name.startsWith('_') ? field.name : `_${field.name}`;
    while (names.has(name)) name = `X${name}`;
    names.add(name);
    field.oneofIndex = message.oneofDecl.length;
    message.oneofDecl.push(create(OneofDescriptorProtoSchema, { name }));
  }
}
