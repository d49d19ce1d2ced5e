import type { DescField, DescMessage } from '@bufbuild/protobuf';
import type { JsonObject, JsonValue } from '@snetkit/core';
import { statusCode } from '../../call/status.ts';
import { findField, isJsonObject } from '../json-fields.ts';
import { UpstreamFailure } from '../upstream-failure.ts';

/**
 * Writes fields as a query: `a.b=1&list=x&list=y` (google/api/http.proto).
 * @throws UpstreamFailure 3 for maps, and for lists of messages
 */
export function writeQuery(message: DescMessage, value: JsonValue): readonly string[] {
  if (!isJsonObject(value)) return [];
  return writeFields(message, value, '');
}

function writeFields(message: DescMessage, value: JsonObject, prefix: string): string[] {
  return Object.entries(value).flatMap(([key, entry]) => {
    const field = findField(message, key);
    const name = `${prefix}${field?.name ?? key}`;
    if (entry === null) return [];
    if (Array.isArray(entry)) {
      if (entry.some((item) => typeof item === 'object')) throw refuse(name);
      return entry.map((item) => pair(name, item));
    }
    if (!isJsonObject(entry)) return [pair(name, entry)];
    const inner = messageOf(field);
    if (inner === undefined) throw refuse(name);
    return writeFields(inner, entry, `${name}.`);
  });
}

function messageOf(field: DescField | undefined): DescMessage | undefined {
  return field?.fieldKind === 'message' ? field.message : undefined;
}

function pair(name: string, value: JsonValue): string {
  return `${encodeURIComponent(name)}=${encodeURIComponent(String(value).toWellFormed())}`;
}

function refuse(name: string): UpstreamFailure {
  return new UpstreamFailure(
    statusCode.invalidArgument,
    `the field ${name} cannot be sent: a query holds no maps and no lists of messages`,
  );
}
