import type { DescEnum, DescMessage } from '@bufbuild/protobuf';
import { findByName } from '../find-by-name.ts';
import { invalidProto, quote } from '../invalid-proto.ts';
import type {
  MessageEntry,
  OptionName,
  OptionNamePart,
  OptionValue,
} from '../parse/option-syntax.ts';
import type { SourceFile } from '../parse/source-file.ts';
import { encodeNode } from './encode-node.ts';
import { type Field, findField, type OptionContext } from './find-field.ts';
import {
  createOptionNode,
  getSlot,
  type MapEntryNode,
  type OptionNode,
  type OptionNodeValue,
} from './option-node.ts';
import { readScalar, type Scalar, wrongValue } from './read-scalar.ts';

/**
 * Sets one option on the message that holds the options of a descriptor.
 *
 * @throws BaseError `PROTO_INVALID` for an unknown name, a value of the wrong type, a second value
 */
export function setOption(
  context: OptionContext,
  root: OptionNode,
  name: OptionName,
  value: OptionValue,
): void {
  let node = root;
  for (const [index, part] of name.entries()) {
    const field = findField(context, node.desc, part, part.extension);
    if (index === name.length - 1) {
      addValue(context, node, field, value, part.offset);
      return;
    }
    node = enterField(context, node, field, part);
  }
}

/** The message in a field, new or already begun by another option. */
function enterField(
  { source }: OptionContext,
  node: OptionNode,
  field: Field,
  part: OptionNamePart,
): OptionNode {
  if (field.fieldKind !== 'message') {
    throw invalidProto(
      `The option ${quote(part.name)} has no fields that a name could go on with.`,
      {
        source,
        offset: part.offset,
        expected: 'a message that is not repeated, before a dot in the name of an option',
      },
    );
  }
  const slot = getSlot(node, field);
  const [known] = slot.values;
  if (known !== undefined) return known as OptionNode;
  claimOneof(source, node, field, part.offset);
  const inner = createOptionNode(field.message);
  slot.values.push(inner);
  return inner;
}

function addValue(
  context: OptionContext,
  node: OptionNode,
  field: Field,
  value: OptionValue,
  offset: number,
): void {
  const { source } = context;
  const slot = getSlot(node, field);
  if (field.fieldKind === 'list' || field.fieldKind === 'map') {
    for (const item of value.kind === 'list' ? value.items : [value]) {
      slot.values.push(readElement(context, field, item));
    }
    return;
  }
  if (slot.values.length > 0) {
    const found = 'an earlier value';
    throw invalidProto(`The option ${quote(field.name)} is set twice.`, { source, offset, found });
  }
  claimOneof(source, node, field, offset);
  slot.values.push(readSingle(context, field, value));
}

function claimOneof(source: SourceFile, node: OptionNode, field: Field, offset: number): void {
  if (field.oneof === undefined) return;
  const other = node.oneofs.get(field.oneof);
  if (other !== undefined) {
    throw invalidProto(`Two members of the oneof ${quote(field.oneof.name)} are set.`, {
      source,
      offset,
      expected: 'one member at most',
      found: `${other} and ${field.name}`,
    });
  }
  node.oneofs.set(field.oneof, field.name);
}

function readElement(context: OptionContext, field: Field, value: OptionValue): OptionNodeValue {
  return field.fieldKind === 'map'
    ? readMapEntry(context, field, value)
    : readSingle(context, field, value);
}

function readSingle(context: OptionContext, field: Field, value: OptionValue): Scalar | OptionNode {
  const { source } = context;
  if (field.message !== undefined) return readMessage(context, field.message, value);
  if (field.enum !== undefined) return readEnum(source, field.enum, value);
  // A field is a message, an enum or a scalar.
  return readScalar(source, field.scalar as NonNullable<Field['scalar']>, value);
}

function readEnum(source: SourceFile, desc: DescEnum, value: OptionValue): number {
  if (value.kind === 'name' && !value.negative) {
    const found = findByName(desc.values, value.name);
    if (found !== undefined) return found.number;
  }
  throw wrongValue(source, value, `a value of the enum ${desc.typeName}`);
}

function readMessage(context: OptionContext, desc: DescMessage, value: OptionValue): OptionNode {
  if (value.kind !== 'message') {
    throw wrongValue(context.source, value, `a ${desc.typeName} in braces`);
  }
  const node = createOptionNode(desc);
  for (const entry of value.fields) {
    if (entry.kind === 'any') {
      setAny(context, node, entry);
      continue;
    }
    const field = findField(context, desc, entry, entry.kind === 'extension');
    addValue(context, node, field, entry.value, entry.offset);
  }
  return node;
}

/** `[type.googleapis.com/pkg.Message] { ... }` inside a google.protobuf.Any. */
function setAny(context: OptionContext, node: OptionNode, entry: MessageEntry): void {
  const desc = context.findMessage(entry.name.slice(entry.name.indexOf('/') + 1));
  const [typeUrl, bytes] = node.desc.fields;
  if (
    desc === undefined ||
    typeUrl === undefined ||
    bytes === undefined ||
    node.desc.typeName !== 'google.protobuf.Any'
  ) {
    throw invalidProto(`The type ${quote(entry.name)} cannot stand here.`, {
      source: context.source,
      offset: entry.offset,
      expected: 'a known message type, inside a google.protobuf.Any',
    });
  }
  getSlot(node, typeUrl).values.push(entry.name);
  getSlot(node, bytes).values.push(encodeNode(readMessage(context, desc, entry.value)));
}

function readMapEntry(
  context: OptionContext,
  field: Field & { fieldKind: 'map' },
  value: OptionValue,
): MapEntryNode {
  const entries = value.kind === 'message' ? value.fields : [];
  const key = entries.find(({ name }) => name === 'key');
  const item = entries.find(({ name }) => name === 'value');
  if (key === undefined || item === undefined || entries.length !== 2) {
    throw wrongValue(context.source, value, 'an entry of a map: { key: ... value: ... }');
  }
  return {
    key: readScalar(context.source, field.mapKey, key.value),
    value: readSingle(context, field, item.value),
  };
}
