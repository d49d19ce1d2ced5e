import {
  type DescField,
  type DescMessage,
  type Message,
  type Registry,
  ScalarType,
} from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import { encodeScalar } from './encode-scalar.ts';
import { encodeWellKnown } from './encode-well-known.ts';
import { type FieldPlace, invalidField } from './field-error.ts';
import { findField } from './find-field.ts';
import { hasOwnJson, isWrapper } from './well-known.ts';

/** Messages nested deeper than this are refused, as protobuf libraries do. */
const maxDepth = 100;

interface Context {
  readonly registry: Registry;
  readonly place: FieldPlace;
  readonly depth: number;
}

/**
 * Makes a message from a plain object; see `Fields` for what each field takes. Fields that are
 * `undefined` or `null` stay unset.
 *
 * @throws BaseError `FIELD_UNKNOWN`, `FIELD_INVALID`; both name the field and its message
 */
export function encodeFields(desc: DescMessage, fields: unknown, registry: Registry): Message {
  const place = { path: '', typeName: desc.typeName };
  return encodeMessage(desc, fields, { registry, place, depth: 1 }).message;
}

function encodeMessage(desc: DescMessage, value: unknown, context: Context): ReflectMessage {
  const { place, depth } = context;
  if (hasOwnJson(desc.typeName)) return reflect(desc, encodeWellKnown(desc, value, context));
  const message = reflect(desc);
  const [only] = desc.fields;
  if (isWrapper(desc.typeName) && only?.fieldKind === 'scalar') {
    message.set(only, encodeScalar(only.scalar, value, place));
    return message;
  }
  if (depth > maxDepth) throw invalidField(place, `at most ${maxDepth} nested messages`, value);
  if (typeof value !== 'object' || value === null || isList(value)) {
    throw invalidField(place, `an object with the fields of ${desc.typeName}`, value);
  }
  const given = new Set<DescField>();
  for (const [name, item] of Object.entries(value)) {
    const field = findField(desc, name, place.path);
    if (item === undefined || (item === null && !takesNull(field))) continue;
    const path = place.path === '' ? name : `${place.path}.${name}`;
    const here = { ...context, place: { path, typeName: desc.typeName } };
    checkNew(given, field, here.place, item);
    given.add(field);
    setField(message, field, item, here);
  }
  return message;
}

function setField(
  message: ReflectMessage,
  field: DescField,
  value: unknown,
  context: Context,
): void {
  if (field.fieldKind === 'list') addItems(message, field, value, context);
  else if (field.fieldKind === 'map') addEntries(message, field, value, context);
  else message.set(field, encodeSingle(field, value, context));
}

function addItems(
  message: ReflectMessage,
  field: DescField & { fieldKind: 'list' },
  value: unknown,
  context: Context,
): void {
  if (!isList(value)) throw invalidField(context.place, 'a list', value);
  const list = message.get(field);
  const { path, typeName } = context.place;
  let index = 0;
  for (const item of value) {
    const place = { path: `${path}[${index}]`, typeName };
    list.add(encodeSingle(field, item, { ...context, place }));
    index += 1;
  }
}

function addEntries(
  message: ReflectMessage,
  field: DescField & { fieldKind: 'map' },
  value: unknown,
  context: Context,
): void {
  if (typeof value !== 'object' || value === null || (isList(value) && !(value instanceof Map))) {
    throw invalidField(context.place, 'an object of keys and values', value);
  }
  const map = message.get(field);
  const { path, typeName } = context.place;
  const entries = value instanceof Map ? value : Object.entries(value);
  for (const [key, item] of entries) {
    const place = { path: `${path}[${JSON.stringify(String(key))}]`, typeName };
    // The keys of an object are texts, whatever they mean.
    const isFlag = field.mapKey === ScalarType.BOOL && (key === 'true' || key === 'false');
    map.set(
      encodeScalar(field.mapKey, isFlag ? key === 'true' : key, place),
      encodeSingle(field, item, { ...context, place }),
    );
  }
}

/** A value of a field, or one of those in a list or map field. */
function encodeSingle(field: DescField, value: unknown, context: Context): unknown {
  if (field.message !== undefined) {
    return encodeMessage(field.message, value, { ...context, depth: context.depth + 1 });
  }
  if (field.scalar !== undefined) return encodeScalar(field.scalar, value, context.place);
  const { values, open, typeName } = field.enum;
  if (value === null && typeName === 'google.protobuf.NullValue') return 0;
  const known = values.find(({ name, number }) => name === value || number === value);
  if (known !== undefined) return known.number;
  const isNumber = Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
  if (open && isNumber) return value;
  const names = values.map(({ name }) => name).join(', ');
  throw invalidField(context.place, `one of ${names}`, value);
}

/** A field can be given twice by its two names; of a oneof only one member can be set. */
function checkNew(
  given: ReadonlySet<DescField>,
  field: DescField,
  place: FieldPlace,
  value: unknown,
): void {
  if (given.has(field)) throw invalidField(place, 'the field to be given once', value);
  const other = field.oneof?.fields.find((one) => given.has(one));
  if (other === undefined) return;
  const rule = `no value beside ${other.jsonName}: the oneof ${field.oneof?.name} holds one of them`;
  throw invalidField(place, rule, value);
}

function takesNull({ fieldKind, message, enum: type }: DescField): boolean {
  if (fieldKind !== 'message' && fieldKind !== 'enum') return false;
  return (
    message?.typeName === 'google.protobuf.Value' || type?.typeName === 'google.protobuf.NullValue'
  );
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
