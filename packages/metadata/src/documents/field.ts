import { BaseError, type JsonObject, type JsonValue } from '@snetkit/core';
import { describeValue } from './describe-value.ts';
import { formatPointer } from './json-pointer.ts';

/** A value inside a document, together with the way to it. Reads are typed and name their place. */
export interface Field {
  /** JSON pointer (RFC 6901); empty for the document itself. */
  readonly pointer: string;
  /** `undefined` when the member is missing; `null` counts as missing, as it does in Go. */
  readonly value: Exclude<JsonValue, null> | undefined;
  /** What errors call the document. */
  readonly document: DocumentName;
}

/** What errors call a document. */
export interface DocumentName {
  readonly kind: 'service' | 'organization';
  /** Where it was read: a file or a storage URI. */
  readonly place: string | undefined;
}

/** The field that is the whole document. */
export function rootField(value: JsonValue, document: DocumentName): Field {
  return { pointer: '', value: value ?? undefined, document };
}

/** A member of an object; missing when the object is. */
export function member(field: Field, key: string): Field {
  const object = optionalObject(field) ?? {};
  const value = Object.hasOwn(object, key) ? (object[key] ?? undefined) : undefined;
  return { pointer: `${field.pointer}${formatPointer([key])}`, value, document: field.document };
}

/** The items of an array; none when it is missing. */
export function items(field: Field): Field[] {
  const { value, pointer, document } = field;
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw wrong(field, 'an array');
  return value.map((item, i) => ({
    pointer: `${pointer}/${i}`,
    value: item ?? undefined,
    document,
  }));
}

/** An object. */
export function object(field: Field): JsonObject {
  const value = optionalObject(field);
  if (value === undefined) throw wrong(field, 'an object');
  return value;
}

function optionalObject(field: Field): JsonObject | undefined {
  const { value } = field;
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) throw wrong(field, 'an object');
  return value;
}

/** A text; empty when it is missing. */
export function text(field: Field): string {
  const { value = '' } = field;
  if (typeof value !== 'string') throw wrong(field, 'a text in quotes');
  return value;
}

/** A boolean; false when it is missing. */
export function flag(field: Field): boolean {
  const { value = false } = field;
  if (typeof value !== 'boolean') throw wrong(field, 'true or false');
  return value;
}

/** An exact integer of any size; `undefined` when it is missing. */
export function integer(field: Field): bigint | undefined {
  const { value } = field;
  if (value === undefined) return undefined;
  // A number beyond 2^53 has a fraction or an exponent in the text: digits alone come as bigint.
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return BigInt(value as number);
  throw wrong(field, 'an integer, without quotes, fraction or exponent');
}

/** An integer that fits into a `number`; 0 when it is missing. */
export function smallInteger(field: Field): number {
  const value = integer(field) ?? 0n;
  if (Number.isSafeInteger(Number(value))) return Number(value);
  throw wrong(field, 'an integer below 2^53');
}

/** A number that may have a fraction; 0 when it is missing. */
export function decimal(field: Field): number {
  const { value = 0 } = field;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  throw wrong(field, 'a number');
}

/** The error of a field that has a wrong value, or none. */
export function wrong(
  field: Field,
  expected: string,
  found = describeValue(field.value),
): BaseError {
  return invalidField(field.document, field.pointer, expected, found);
}

/** The same, for a field that is known by its pointer alone. */
export function invalidField(
  { kind, place }: DocumentName,
  pointer: string,
  expected: string,
  found: string,
): BaseError {
  return new BaseError('METADATA_INVALID', `The ${kind} metadata is not valid.`, {
    place: fieldPlace({ kind, place }, pointer),
    expected,
    found,
    hint: 'The provider has to correct the document and publish it again.',
  });
}

/** How errors write where a field stands. */
export function fieldPlace({ kind, place }: DocumentName, pointer: string): string {
  return `${place ?? `${kind} metadata`}, ${pointer === '' ? 'the whole document' : pointer}`;
}
