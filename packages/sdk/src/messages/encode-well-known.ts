import {
  create,
  type DescMessage,
  fromJson,
  type JsonValue,
  type Message,
  type Registry,
} from '@bufbuild/protobuf';
import { type Any, AnySchema, timestampFromDate } from '@bufbuild/protobuf/wkt';
import { bytesToBase64 } from '@snetkit/core';
import { type FieldPlace, invalidField } from './field-error.ts';

const expected: Readonly<Record<string, string>> = {
  Any: 'an object with "@type" and the fields of that type',
  Duration: 'a duration in seconds such as "1.5s"',
  FieldMask: 'field paths joined with commas',
  ListValue: 'a list of JSON values',
  Struct: 'a JSON object',
  Timestamp: 'a Date, or a text such as "2026-01-31T12:00:00Z"',
  Value: 'a JSON value',
};

/**
 * Makes a message of one of the types that protobuf JSON writes in a way of their own.
 *
 * @throws BaseError `FIELD_INVALID`
 */
export function encodeWellKnown(
  desc: DescMessage,
  value: unknown,
  { place, registry }: { place: FieldPlace; registry: Registry },
): Message {
  if (value instanceof Date && desc.typeName === 'google.protobuf.Timestamp') {
    if (!Number.isNaN(value.getTime())) return timestampFromDate(value);
  }
  const packed = readUnknownAny(desc, value, registry);
  if (packed !== undefined) return packed;
  const isStruct = !desc.typeName.endsWith('Any');
  try {
    return fromJson(desc, toJson(value, isStruct), { registry });
  } catch (cause) {
    const name = desc.typeName.slice('google.protobuf.'.length);
    throw invalidField(place, expected[name] ?? desc.typeName, value, cause);
  }
}

/** An `Any` whose type the protos do not know travels as its bytes. */
function readUnknownAny(desc: DescMessage, value: unknown, registry: Registry): Any | undefined {
  if (desc.typeName !== AnySchema.typeName || typeof value !== 'object' || value === null) return;
  const { '@type': typeUrl, value: bytes } = value as { '@type'?: unknown; value?: unknown };
  if (typeof typeUrl !== 'string' || !(bytes instanceof Uint8Array)) return undefined;
  if (registry.getMessage(typeUrl.slice(typeUrl.lastIndexOf('/') + 1)) !== undefined) return;
  return create(AnySchema, { typeUrl, value: bytes });
}

/** The value with what JSON has no words for written as protobuf JSON does. */
function toJson(value: unknown, isStruct: boolean): JsonValue {
  // The numbers of a Struct are doubles; anywhere else large integers are text.
  if (typeof value === 'bigint') return isStruct ? Number(value) : value.toString();
  if (value instanceof Uint8Array) return bytesToBase64(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => toJson(item, isStruct));
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, toJson(item, isStruct)]),
  );
}
