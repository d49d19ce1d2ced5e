import { BaseError, concatBytes } from '@snetkit/core';
import { decodeGob } from './decode-gob.ts';
import type { DefinedType, FieldKind } from './field-kind.ts';
import { gobBlock, gobInt, gobStruct, gobText } from './gob-writer.ts';

// biome-ignore lint/suspicious/noExplicitAny: a field may hold anything, both ways
type AnyKind = FieldKind<any>;

/** Fields of an official struct, in the order of its Go declaration. */
export type Fields = Readonly<Record<string, AnyKind>>;

/** The values of a struct with these fields. */
export type ValuesOf<F extends Fields> = {
  readonly [K in keyof F]: F[K] extends FieldKind<infer T> ? T : never;
};

/** A struct of the official daemon: reads and writes its gob form. */
export interface StructShape<F extends Fields> {
  /** The Go name, as it stands in the stream. */
  readonly name: string;
  /** What a stream without any field means. */
  readonly zero: ValuesOf<F>;
  encode(values: ValuesOf<F>, ids?: GobTypeIds): Uint8Array;
  /** @throws BaseError OFFICIAL_VALUE_INVALID that names the key */
  decode(bytes: Uint8Array, place: string): ValuesOf<F>;
}

/** Ids of the types that a stream defines; every process of the official daemon has its own. */
export type GobTypeIds = Readonly<Record<DefinedType | 'struct' | 'bigIntInner', bigint>>;

/** The numbers of our streams: Go gives the first type of a program 65, and takes any. */
export const gobTypeIds: GobTypeIds = {
  struct: 65n,
  bigInt: 66n,
  address: 67n,
  bytes32: 68n,
  texts: 69n,
  bigIntInner: 70n,
};

/** Describes a struct by name and fields. */
export function structShape<const F extends Fields>(name: string, fields: F): StructShape<F> {
  const list = Object.entries(fields) as [string, FieldKind<unknown>][];
  return {
    name,
    zero: Object.fromEntries(list.map(([field, { zero }]) => [field, zero])) as ValuesOf<F>,
    encode(values, ids = gobTypeIds) {
      const idOf = ({ type }: FieldKind<unknown>) => (typeof type === 'bigint' ? type : ids[type]);
      const used = new Set(
        list.map(([, { type }]) => type).filter((type) => typeof type === 'string'),
      );
      const definition = gobStruct([
        undefined,
        undefined,
        gobStruct([
          gobStruct([gobText(name), gobInt(ids.struct)]),
          concatBytes(
            Uint8Array.of(list.length),
            ...list.map(([field, kind]) => gobStruct([gobText(field), gobInt(idOf(kind))])),
          ),
        ]),
      ]);
      const value = gobStruct(list.map(([field, kind]) => kind.encode(values[field as keyof F])));
      return concatBytes(
        message(-ids.struct, definition),
        ...[...used].map((type) => message(-ids[type], define(type, ids))),
        message(ids.struct, value),
      );
    },
    decode(bytes, place) {
      const struct = decodeGob(bytes, place);
      if (struct.typeName !== name) throw wrong(place, name, struct.typeName);
      const values = list.map(([field, kind]) => {
        const found = struct.fields.get(field);
        const value = found === undefined ? kind.zero : kind.decode(found);
        if (value === undefined)
          throw wrong(`${place}: ${field}`, `the Go field of ${name}`, 'a value of another type');
        return [field, value];
      });
      return Object.fromEntries(values) as ValuesOf<F>;
    },
  };
}

function message(id: bigint, payload: Uint8Array): Uint8Array {
  return gobBlock(concatBytes(gobInt(id), payload));
}

/** Go's `wireType` of a type that is no struct. */
function define(type: DefinedType, ids: GobTypeIds): Uint8Array {
  const array = (name: string, id: bigint, length: bigint) =>
    gobStruct([gobStruct([gobStruct([gobText(name), gobInt(id)]), gobInt(3n), gobInt(length)])]);
  switch (type) {
    case 'address':
      return array('Address', ids.address, 20n);
    case 'bytes32':
      return array('[32]uint8', ids.bytes32, 32n);
    case 'texts':
      return gobStruct([
        undefined,
        gobStruct([gobStruct([gobText('[]string'), gobInt(ids.texts)]), gobInt(6n)]),
      ]);
    case 'bigInt':
      return gobStruct([
        ...[undefined, undefined, undefined, undefined],
        gobStruct([gobStruct([undefined, gobInt(ids.bigIntInner)])]),
      ]);
  }
}

function wrong(place: string, expected: string, found: string): BaseError {
  return new BaseError('OFFICIAL_VALUE_INVALID', 'A gob value cannot be read.', {
    place,
    expected,
    found,
  });
}
