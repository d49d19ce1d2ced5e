import {
  type DescEnum,
  type DescField,
  type DescMessage,
  isFieldSet,
  type Message,
  type Registry,
  toJson,
} from '@bufbuild/protobuf';
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect';
import { type Any, AnySchema, anyUnpack } from '@bufbuild/protobuf/wkt';
import type { MessageObject, MessageValue } from './message-object.ts';
import { hasOwnJson, isWrapper } from './well-known.ts';

/**
 * Makes a plain object of a message; `encodeFields` takes it back. Fields without presence are always
 * there (a number that was not sent is 0); optional fields, oneof members and messages only when set.
 */
export function decodeMessage(
  desc: DescMessage,
  message: Message,
  registry: Registry,
): MessageObject {
  return decode(reflect(desc, message), registry) as MessageObject;
}

function decode(message: ReflectMessage, registry: Registry): MessageValue {
  const { desc } = message;
  if (desc.typeName === AnySchema.typeName) return decodeAny(message.message as Any, registry);
  if (hasOwnJson(desc.typeName)) return toJson(desc, message.message, { registry });
  const [only] = desc.fields;
  if (isWrapper(desc.typeName) && only !== undefined) {
    return decodeSingle(only, message.get(only), registry);
  }
  return Object.fromEntries(
    desc.fields
      .filter((field) => !hasPresence(field) || isFieldSet(message.message, field))
      .map((field) => [field.jsonName, decodeField(message, field, registry)]),
  );
}

function decodeField(message: ReflectMessage, field: DescField, registry: Registry): MessageValue {
  if (field.fieldKind === 'list') {
    return [...message.get(field)].map((item) => decodeSingle(field, item, registry));
  }
  if (field.fieldKind === 'map') {
    return Object.fromEntries(
      [...message.get(field)].map(([key, item]) => [
        String(key),
        decodeSingle(field, item, registry),
      ]),
    );
  }
  return decodeSingle(field, message.get(field), registry);
}

function decodeSingle(field: DescField, value: unknown, registry: Registry): MessageValue {
  if (field.message !== undefined) return decode(value as ReflectMessage, registry);
  if (field.enum !== undefined) return nameEnumValue(field.enum, value as number);
  if (value instanceof Uint8Array) return toPlainBytes(value);
  return value as MessageValue;
}

/** Node hands out its own kind of byte array; what callers get is the same everywhere. */
function toPlainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function nameEnumValue({ value, typeName }: DescEnum, number: number): MessageValue {
  if (typeName === 'google.protobuf.NullValue') return null;
  return value[number]?.name ?? number;
}

function decodeAny(any: Any, registry: Registry): MessageValue {
  if (any.typeUrl === '') return {};
  const content = anyUnpack(any, registry);
  const desc = content === undefined ? undefined : registry.getMessage(content.$typeName);
  if (content === undefined || desc === undefined) {
    return { '@type': any.typeUrl, value: toPlainBytes(any.value) };
  }
  const value = decode(reflect(desc, content), registry);
  const isObject = !hasOwnJson(desc.typeName) && !isWrapper(desc.typeName);
  return { '@type': any.typeUrl, ...(isObject ? (value as MessageObject) : { value }) };
}

function hasPresence(field: DescField): boolean {
  if (field.fieldKind === 'list' || field.fieldKind === 'map') return false;
  // 2 is IMPLICIT of google.protobuf.FeatureSet.FieldPresence.
  return field.presence !== 2;
}
