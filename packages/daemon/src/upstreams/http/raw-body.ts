import type { DescMessage, DescMethod } from '@bufbuild/protobuf';
import type { JsonValue } from '@snetkit/core';
import { isJsonObject } from '../json-fields.ts';

/** The message whose bytes are a body of their own, with a type of their own (google/api/httpbody.proto). */
const typeName = 'google.api.HttpBody';

/** A body that is no JSON. */
export interface RawBody {
  readonly contentType: string;
  readonly data: Buffer;
}

/** The message that is the body: all of it, or one field (`*` or empty for all). */
export function isRawBody(message: DescMethod['input'], field: string): boolean {
  return bodyType(message, field)?.typeName === typeName;
}

function bodyType(message: DescMessage, field: string): DescMessage | undefined {
  if (field === '' || field === '*') return message;
  const found = message.fields.find(({ name }) => name === field);
  return found?.fieldKind === 'message' ? found.message : undefined;
}

/** A `google.api.HttpBody` in JSON, as what goes over the wire. */
export function readRawBody(value: JsonValue | undefined): RawBody {
  const object = isJsonObject(value) ? value : {};
  const contentType = object['content_type'] ?? object['contentType'] ?? 'application/octet-stream';
  const data = object['data'] ?? '';
  return { contentType: String(contentType), data: Buffer.from(String(data), 'base64') };
}

/** The other way. */
export function writeRawBody({ contentType, data }: RawBody): JsonValue {
  return { contentType, data: data.toString('base64') };
}
