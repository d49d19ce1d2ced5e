import type { GobReader } from './gob-reader.ts';

/** A field of a struct definition. */
export interface GobField {
  readonly name: string;
  readonly typeId: bigint;
}

/** A type that a stream defines before it uses it. */
export type GobType =
  | {
      readonly kind: 'array';
      readonly name: string;
      readonly elem: bigint;
      readonly length: bigint;
    }
  | { readonly kind: 'slice'; readonly name: string; readonly elem: bigint }
  | { readonly kind: 'struct'; readonly name: string; readonly fields: readonly GobField[] }
  | { readonly kind: 'map'; readonly name: string; readonly key: bigint; readonly elem: bigint }
  /** Bytes that the type's own method wrote (GobEncoder, BinaryMarshaler, TextMarshaler). */
  | { readonly kind: 'opaque'; readonly name: string };

/** Ids that every stream knows without a definition. */
export const builtInTypes = {
  bool: 1n,
  int: 2n,
  uint: 3n,
  float: 4n,
  bytes: 5n,
  text: 6n,
  complex: 7n,
} as const;

/** Visits the fields of a struct value by their numbers, counted from 1. */
export function readFields(reader: GobReader, visit: (field: number) => void): void {
  let field = 0n;
  for (;;) {
    const delta = reader.readUint();
    if (delta === 0n) return;
    field += delta;
    if (field > 1_000n) reader.fail(`field number ${field}`);
    visit(Number(field));
  }
}

/** Reads the definition of a type: Go's `wireType` (encoding/gob, type.go). */
export function readTypeDefinition(reader: GobReader): GobType {
  let type: GobType | undefined;
  readFields(reader, (field) => {
    if (type !== undefined) reader.fail('a type of two kinds');
    type = readKind(reader, field);
  });
  return type ?? reader.fail('a type of no kind');
}

function readKind(reader: GobReader, kind: number): GobType {
  let name = '';
  const fields: GobField[] = [];
  const numbers: bigint[] = [0n, 0n];
  readFields(reader, (field) => {
    if (field === 1) name = readCommon(reader);
    else if (kind === 3 && field === 2) readStructFields(reader, fields);
    else if (kind <= 4 && kind !== 3 && field <= 3) numbers[field - 2] = reader.readInt();
    else reader.fail(`field ${field} of a type definition`);
  });
  const [first = 0n, second = 0n] = numbers;
  if (kind === 1) return { kind: 'array', name, elem: first, length: second };
  if (kind === 2) return { kind: 'slice', name, elem: first };
  if (kind === 3) return { kind: 'struct', name, fields };
  if (kind === 4) return { kind: 'map', name, key: first, elem: second };
  if (kind <= 7) return { kind: 'opaque', name };
  return reader.fail(`a type of the unknown kind ${kind}`);
}

/** Go's `CommonType`: the name; its id says nothing that the definition's own does not. */
function readCommon(reader: GobReader): string {
  let name = '';
  readFields(reader, (field) => {
    if (field === 1) name = reader.readText();
    else if (field === 2) reader.readInt();
    else reader.fail(`field ${field} of a type's name`);
  });
  return name;
}

function readStructFields(reader: GobReader, fields: GobField[]): void {
  const count = reader.readCount();
  for (let i = 0; i < count; i += 1) {
    let name = '';
    let typeId = 0n;
    readFields(reader, (field) => {
      if (field === 1) name = reader.readText();
      else if (field === 2) typeId = reader.readInt();
      else reader.fail(`field ${field} of a struct's field`);
    });
    fields.push({ name, typeId });
  }
}
