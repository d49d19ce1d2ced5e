import { createGobReader, type GobReader } from './gob-reader.ts';
import { builtInTypes, type GobType, readFields, readTypeDefinition } from './gob-type.ts';

/** A value by what the stream says of it: integers as bigint, blocks and opaque types as bytes, structs by field name. */
export type GobValue =
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | readonly GobValue[]
  | GobStruct
  | GobMap;

/** A struct value; fields that the writer left out because they were zero are not there. */
export interface GobStruct {
  readonly typeName: string;
  readonly fields: ReadonlyMap<string, GobValue>;
}

/** A map value. */
export interface GobMap {
  readonly entries: readonly (readonly [GobValue, GobValue])[];
}

/** How deep values may lie in each other; the official daemon's lie two deep. */
const maxDepth = 16;
/** Definitions in one stream; the official daemon's have four. */
const maxTypes = 256;

/**
 * Reads a stream that holds one struct, by the definitions that it brings along: type ids may be
 * any (daemon.md, appendix A).
 *
 * @param place - the key of the value, for errors
 * @throws BaseError OFFICIAL_VALUE_INVALID
 */
export function decodeGob(bytes: Uint8Array, place: string): GobStruct {
  const stream = createGobReader(bytes, { place });
  const types = new Map<bigint, GobType>();
  for (;;) {
    if (stream.isAtEnd) stream.fail('no value after the type definitions');
    const length = stream.readCount();
    const offset = stream.position;
    const message = createGobReader(stream.readBytes(length), { place, offset });
    const id = message.readInt();
    if (id >= 0n) {
      const value = readValue(message, { id, types, depth: 0 });
      if (!isStruct(value)) return message.fail('a value that is no struct');
      if (!message.isAtEnd) message.fail('bytes after the value');
      if (!stream.isAtEnd) stream.fail('another message after the value');
      return value;
    }
    if (types.has(-id) || types.size >= maxTypes) message.fail(`type ${-id} defined again`);
    types.set(-id, readTypeDefinition(message));
    if (!message.isAtEnd) message.fail('bytes after a type definition');
  }
}

interface ReadOptions {
  readonly id: bigint;
  readonly types: ReadonlyMap<bigint, GobType>;
  readonly depth: number;
}

function readValue(reader: GobReader, options: ReadOptions): GobValue {
  const { id, types, depth } = options;
  if (depth > maxDepth) reader.fail(`values more than ${maxDepth} deep`);
  const type = types.get(id);
  if (type === undefined) return readBuiltIn(reader, id);
  const inner = (typeId: bigint) => readValue(reader, { id: typeId, types, depth: depth + 1 });
  switch (type.kind) {
    case 'opaque':
      return reader.readBlock();
    case 'struct':
      return readStruct(reader, type, inner);
    case 'map':
      return {
        entries: Array.from({ length: reader.readCount() }, () => [
          inner(type.key),
          inner(type.elem),
        ]),
      };
    default: {
      const length = reader.readCount();
      if (type.kind === 'array' && BigInt(length) !== type.length) {
        reader.fail(`${length} elements in an array of ${type.length}`);
      }
      const elements: GobValue[] = [];
      for (let i = 0; i < length; i += 1) elements.push(inner(type.elem));
      return elements;
    }
  }
}

function readStruct(
  reader: GobReader,
  type: GobType & { kind: 'struct' },
  inner: (typeId: bigint) => GobValue,
): GobStruct {
  const fields = new Map<string, GobValue>();
  readFields(reader, (number) => {
    const field = type.fields[number - 1];
    if (field === undefined) return reader.fail(`field ${number} of ${type.name}`);
    fields.set(field.name, inner(field.typeId));
  });
  return { typeName: type.name, fields };
}

function readBuiltIn(reader: GobReader, id: bigint): GobValue {
  switch (id) {
    case builtInTypes.bool:
      return reader.readUint() !== 0n;
    case builtInTypes.int:
      return reader.readInt();
    case builtInTypes.uint:
      return reader.readUint();
    case builtInTypes.float:
      return readFloat(reader);
    case builtInTypes.bytes:
      return reader.readBlock();
    case builtInTypes.text:
      return reader.readText();
    case builtInTypes.complex:
      return [readFloat(reader), readFloat(reader)];
    default:
      return reader.fail(`a value of the unknown type ${id}`);
  }
}

/** A double whose bytes stand in the opposite order, as an integer. */
function readFloat(reader: GobReader): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, reader.readUint(), true);
  return view.getFloat64(0);
}

/** Whether a value is a struct. */
export function isStruct(value: GobValue): value is GobStruct {
  return typeof value === 'object' && 'fields' in value;
}
