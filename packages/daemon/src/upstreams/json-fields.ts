import type { DescField, DescMessage } from '@bufbuild/protobuf';
import type { JsonObject, JsonValue } from '@snetkit/core';

/** Whether a value is a JSON object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The field that a key names: by its name in the proto, or by its name in JSON. */
export function findField(message: DescMessage, key: string): DescField | undefined {
  return message.fields.find(({ name, jsonName }) => name === key || jsonName === key);
}

/** The key under which an object has a field. */
export function keyOf(object: JsonObject, field: DescField): string | undefined {
  return [field.name, field.jsonName].find((key) => Object.hasOwn(object, key));
}
