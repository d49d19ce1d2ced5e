import { type DescField, type DescMethod, ScalarType } from '@bufbuild/protobuf';
import type { JsonObject, JsonValue } from '@snetkit/core';
import { isJsonObject, keyOf } from '../json-fields.ts';
import type { HttpBinding } from './bind-method.ts';
import { encodePathValue, type PathVariable } from './path-template.ts';
import { writeQuery } from './write-query.ts';

/** A request as it goes to the service, without credentials. */
export interface ExpandedRequest {
  readonly verb: HttpBinding['verb'];
  /** Starts with a slash, encoded. */
  readonly path: string;
  /** `name=value` pairs, encoded. */
  readonly query: readonly string[];
  /** Undefined when there is none. */
  readonly body: JsonValue | undefined;
}

/**
 * Fills a binding with the fields of a message.
 * @returns undefined when a field of the path is missing or does not fit there
 * @throws UpstreamFailure 3 when a field cannot be put in a query
 */
export function expandBinding(
  binding: HttpBinding,
  { input }: Pick<DescMethod, 'input'>,
  message: JsonValue,
): ExpandedRequest | undefined {
  let rest = message;
  let path = '';
  for (const part of binding.path) {
    if (typeof part === 'string') {
      path += part;
      continue;
    }
    const text = encodePathValue(readPath(input, part, message), part);
    if (text === undefined) return undefined;
    path += text;
    rest = without(input, part.field, rest);
  }
  if (binding.body === '*') return { verb: binding.verb, path, query: [], body: rest };
  const field = input.fields.find(({ name }) => name === binding.body);
  let body: JsonValue | undefined;
  if (field !== undefined && isJsonObject(rest)) {
    const key = keyOf(rest, field);
    body = key === undefined ? emptyOf(field) : rest[key];
    rest = without(input, [field.name], rest);
  }
  return { verb: binding.verb, path, query: writeQuery(input, rest), body };
}

function readPath(input: DescMethod['input'], { field }: PathVariable, message: JsonValue): string {
  let value: JsonValue | undefined = message;
  let found: DescField | undefined;
  let owner: DescMethod['input'] | undefined = input;
  for (const name of field) {
    found = owner?.fields.find((one) => one.name === name);
    const key: string | undefined = found && isJsonObject(value) ? keyOf(value, found) : undefined;
    value = key === undefined ? undefined : (value as JsonObject)[key];
    owner = found?.fieldKind === 'message' ? found.message : undefined;
  }
  if (value === undefined || value === null) return defaultText(found);
  return String(value);
}

/** What a field says that is not there. */
function defaultText(field: DescField | undefined): string {
  if (field?.fieldKind === 'enum') return field.enum.values[0]?.name ?? '';
  if (field?.fieldKind !== 'scalar') return '';
  if (field.scalar === ScalarType.STRING || field.scalar === ScalarType.BYTES) return '';
  return field.scalar === ScalarType.BOOL ? 'false' : '0';
}

/** A copy without one field. */
function without(
  owner: DescMethod['input'],
  [name, ...deeper]: readonly string[],
  value: JsonValue,
): JsonValue {
  const field = owner.fields.find((one) => one.name === name);
  const key = field && isJsonObject(value) ? keyOf(value, field) : undefined;
  if (field === undefined || key === undefined) return value;
  const { [key]: removed, ...rest } = value as JsonObject;
  if (deeper.length === 0 || field.fieldKind !== 'message') return rest;
  const inner = without(field.message, deeper, removed as JsonValue);
  // What was there for the path alone is gone with it.
  if (isJsonObject(inner) && Object.keys(inner).length === 0) return rest;
  return { ...rest, [key]: inner };
}

function emptyOf(field: DescField): JsonValue {
  if (field.fieldKind === 'list') return [];
  return field.fieldKind === 'scalar' || field.fieldKind === 'enum' ? null : {};
}
