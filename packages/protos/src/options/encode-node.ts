import { ScalarType } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { MapEntryNode, OptionNode, OptionNodeValue, OptionSlot } from './option-node.ts';
import type { Scalar } from './read-scalar.ts';

const enumType = ScalarType.INT32;

/** Writes a message in wire format, its fields by number. */
export function encodeNode(node: OptionNode): Uint8Array {
  const writer = new BinaryWriter();
  const slots = [...node.slots.values()].sort((a, b) => a.field.number - b.field.number);
  for (const slot of slots) writeSlot(writer, slot);
  return writer.finish();
}

function writeSlot(writer: BinaryWriter, { field, values }: OptionSlot): void {
  const { number } = field;
  if (field.fieldKind === 'list' && field.packed) {
    writer.tag(number, WireType.LengthDelimited).fork();
    for (const value of values) writeScalar(writer, field.scalar ?? enumType, value as Scalar);
    writer.join();
    return;
  }
  for (const value of values) {
    if (isMapEntry(value)) {
      writer.tag(number, WireType.LengthDelimited).fork();
      writeValue(writer, 1, field.fieldKind === 'map' ? field.mapKey : enumType, value.key);
      writeValue(writer, 2, field.scalar ?? enumType, value.value);
      writer.join();
    } else if (isNode(value) && 'delimitedEncoding' in field && field.delimitedEncoding) {
      writer.tag(number, WireType.StartGroup).raw(encodeNode(value));
      writer.tag(number, WireType.EndGroup);
    } else {
      writeValue(writer, number, field.scalar ?? enumType, value);
    }
  }
}

function writeValue(
  writer: BinaryWriter,
  number: number,
  type: ScalarType,
  value: Scalar | OptionNode,
): void {
  if (isNode(value)) {
    writer.tag(number, WireType.LengthDelimited).bytes(encodeNode(value));
  } else {
    writer.tag(number, getWireType(type));
    writeScalar(writer, type, value);
  }
}

function isNode(value: OptionNodeValue): value is OptionNode {
  return typeof value === 'object' && 'slots' in value;
}

function isMapEntry(value: OptionNodeValue): value is MapEntryNode {
  return typeof value === 'object' && 'key' in value;
}

function getWireType(type: ScalarType): WireType {
  switch (type) {
    case ScalarType.BYTES:
    case ScalarType.STRING:
      return WireType.LengthDelimited;
    case ScalarType.DOUBLE:
    case ScalarType.FIXED64:
    case ScalarType.SFIXED64:
      return WireType.Bit64;
    case ScalarType.FLOAT:
    case ScalarType.FIXED32:
    case ScalarType.SFIXED32:
      return WireType.Bit32;
    default:
      return WireType.Varint;
  }
}

/** Values were checked when they were read, so each has the type that its field says. */
function writeScalar(writer: BinaryWriter, type: ScalarType, value: Scalar): void {
  switch (type) {
    case ScalarType.BYTES:
      writer.bytes(value as Uint8Array);
      break;
    case ScalarType.STRING:
      writer.string(value as string);
      break;
    case ScalarType.BOOL:
      writer.bool(value as boolean);
      break;
    case ScalarType.DOUBLE:
      writer.double(value as number);
      break;
    case ScalarType.FLOAT:
      writer.float(value as number);
      break;
    case ScalarType.INT32:
      writer.int32(value as number);
      break;
    case ScalarType.SINT32:
      writer.sint32(value as number);
      break;
    case ScalarType.UINT32:
      writer.uint32(value as number);
      break;
    case ScalarType.FIXED32:
      writer.fixed32(value as number);
      break;
    case ScalarType.SFIXED32:
      writer.sfixed32(value as number);
      break;
    case ScalarType.INT64:
      writer.int64(value as bigint);
      break;
    case ScalarType.SINT64:
      writer.sint64(value as bigint);
      break;
    case ScalarType.UINT64:
      writer.uint64(value as bigint);
      break;
    case ScalarType.FIXED64:
      writer.fixed64(value as bigint);
      break;
    case ScalarType.SFIXED64:
      writer.sfixed64(value as bigint);
      break;
  }
}
