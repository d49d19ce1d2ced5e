// Protobuf messages as JSON Schema: what a language model is told about the arguments of a tool.
import { type DescField, type DescMessage, ScalarType } from '@bufbuild/protobuf';

/** A part of a JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of a message; a message inside itself stays open. */
export function toJsonSchema(message: DescMessage, outer: readonly DescMessage[] = []): JsonSchema {
  if (outer.includes(message)) return { type: 'object' };
  const path = [...outer, message];
  const properties = message.fields.map((field) => [field.jsonName, describe(field, path)]);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}

function describe(field: DescField, path: readonly DescMessage[]): JsonSchema {
  if (field.fieldKind === 'map') return { type: 'object' };
  if (field.fieldKind === 'list') return { type: 'array', items: describeValue(field, path) };
  return describeValue(field, path);
}

function describeValue(
  { message, enum: enumeration, scalar }: DescField,
  path: readonly DescMessage[],
): JsonSchema {
  if (message !== undefined) return toJsonSchema(message, path);
  if (enumeration !== undefined) return { enum: enumeration.values.map(({ name }) => name) };
  if (scalar === ScalarType.STRING) return { type: 'string' };
  if (scalar === ScalarType.BOOL) return { type: 'boolean' };
  if (scalar === ScalarType.BYTES) return { type: 'string', contentEncoding: 'base64' };
  if (scalar === ScalarType.FLOAT || scalar === ScalarType.DOUBLE) return { type: 'number' };
  // Integers of 64 bits do not fit the numbers of JSON.
  const is64 = [ScalarType.INT64, ScalarType.UINT64, ScalarType.SINT64].includes(scalar as never);
  const isFixed64 = scalar === ScalarType.FIXED64 || scalar === ScalarType.SFIXED64;
  return is64 || isFixed64 ? { type: 'string', pattern: '^-?[0-9]+$' } : { type: 'integer' };
}
