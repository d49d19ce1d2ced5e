import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';
import type { JsonValue } from '@snetkit/core';
import { findField, isJsonObject } from './json-fields.ts';

/**
 * Makes JSON of a service fit for `fromJson`: integers beyond 2^53 - 1 become text where the field
 * holds whole numbers, which keeps every digit, and numbers where it does not; a list answers for a
 * message whose only field is a list.
 */
export function fitJson(message: DescMessage, value: JsonValue): JsonValue {
  const [only, ...others] = message.fields;
  if (Array.isArray(value) && only?.fieldKind === 'list' && others.length === 0) {
    if (message.typeName !== 'google.protobuf.ListValue')
      return fitMessage(message, { [only.name]: value });
  }
  return fitMessage(message, value);
}

/** Messages whose JSON is any JSON. */
const anyJson: ReadonlySet<string> = new Set(
  ['Struct', 'Value', 'ListValue'].map((name) => `google.protobuf.${name}`),
);

function fitMessage(message: DescMessage, value: JsonValue): JsonValue {
  if (anyJson.has(message.typeName)) return shorten(value);
  if (!isJsonObject(value)) return fitPlain(value, undefined);
  return mapValues(
    value,
    (entry, key) => {
      const field = findField(message, key);
      return field === undefined ? null : fitField(field, entry);
    },
    (key) => findField(message, key) !== undefined,
  );
}

function fitField(field: DescField, value: JsonValue): JsonValue {
  if (field.fieldKind === 'list' && Array.isArray(value))
    return value.map((item) => fitItem(field, item));
  if (field.fieldKind === 'map' && isJsonObject(value)) {
    return mapValues(value, (entry) => fitItem(field, entry));
  }
  return fitItem(field, value);
}

function fitItem(field: DescField, value: JsonValue): JsonValue {
  return field.message === undefined
    ? fitPlain(value, field.scalar)
    : fitMessage(field.message, value);
}

function fitPlain(value: JsonValue, scalar: ScalarType | undefined): JsonValue {
  if (typeof value !== 'bigint') return value;
  return scalar === ScalarType.DOUBLE || scalar === ScalarType.FLOAT ? Number(value) : `${value}`;
}

/** Google's own `Value` holds doubles. */
function shorten(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(shorten);
  return isJsonObject(value) ? mapValues(value, shorten) : value;
}

function mapValues(
  object: { readonly [key: string]: JsonValue },
  map: (value: JsonValue, key: string) => JsonValue,
  keeps: (key: string) => boolean = () => true,
): JsonValue {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => (keeps(key) ? [[key, map(value, key)]] : [])),
  );
}
