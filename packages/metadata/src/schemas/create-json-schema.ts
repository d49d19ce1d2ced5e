import type { JsonObject, JsonValue } from '@snetkit/core';
import type { Judge } from '../validation/finding.ts';
import type { Shape } from './shape.ts';

/** Options of {@link createJsonSchema}. */
export interface CreateJsonSchemaOptions {
  /** Whose rules the schema has. */
  readonly judges: readonly Judge[];
  readonly id: string;
  readonly title: string;
}

/**
 * Writes a shape as JSON Schema, draft 2020-12: a document that the given judges would suffer from
 * is not valid. What is only a warning is not in it.
 */
export function createJsonSchema(
  shape: Shape,
  { judges, id, title }: CreateJsonSchemaOptions,
): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title,
    ...writeShape(shape, judges),
  };
}

const ofMembers = ['properties', 'required'];

function writeShape(shape: Shape, judges: readonly Judge[]): JsonObject {
  const concerns = (by: readonly Judge[]) => by.some((judge) => judges.includes(judge));
  const result: JsonObject = { description: shape.description };
  const others: JsonObject[] = [];
  for (const { schema, breaks } of shape.rules) {
    if (!concerns(breaks)) continue;
    const fragment = schema as unknown as JsonObject;
    // Two rules may use one keyword, or one that the members use; all must hold.
    const taken = Object.keys(fragment).some(
      (key) => ofMembers.includes(key) || Object.hasOwn(result, key),
    );
    if (!taken) Object.assign(result, fragment);
    else if (!same(result, fragment)) others.push(fragment);
  }
  if (others.length > 0) result['allOf'] = others;
  if (shape.items !== undefined) result['items'] = writeShape(shape.items, judges);
  if (shape.members === undefined) return result;
  const members = Object.entries(shape.members).filter(([, { refusedBy }]) => !concerns(refusedBy));
  const properties: JsonObject = {};
  for (const [key, member] of members) properties[key] = writeShape(member.shape, judges);
  result['properties'] = properties;
  const required = members.filter(([, member]) => concerns(member.required?.by ?? []));
  if (required.length > 0) result['required'] = required.map(([key]) => key);
  if (concerns(shape.closedTo ?? [])) result['additionalProperties'] = false;
  return result;
}

function same(object: JsonObject, fragment: JsonObject): boolean {
  return Object.entries(fragment).every(
    ([key, value]: [string, JsonValue]) => JSON.stringify(object[key]) === JSON.stringify(value),
  );
}
