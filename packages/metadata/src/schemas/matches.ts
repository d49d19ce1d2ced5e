import type { JsonValue } from '@snetkit/core';
import { isObject } from '../documents/is-object.ts';
import type { JsonSchema } from './json-schema.ts';

/**
 * Whether a value satisfies a schema. It decides as every validator of JSON Schema does, but reads
 * integers of any size, and takes a number beyond 2^53 that came with an exponent for no integer, as
 * Go does.
 */
export function matches(value: JsonValue, schema: JsonSchema): boolean {
  return (
    matchesType(value, schema) &&
    (schema.const === undefined || value === schema.const) &&
    (schema.enum === undefined || schema.enum.some((item) => item === value)) &&
    (typeof value !== 'string' || matchesText(value, schema)) &&
    ((typeof value !== 'number' && typeof value !== 'bigint') || matchesNumber(value, schema)) &&
    (!Array.isArray(value) || matchesList(value, schema)) &&
    (!isObject(value) || matchesObject(value, schema)) &&
    (schema.anyOf === undefined || schema.anyOf.some((one) => matches(value, one))) &&
    (schema.not === undefined || !matches(value, schema.not)) &&
    (schema.if === undefined ||
      schema.then === undefined ||
      !matches(value, schema.if) ||
      matches(value, schema.then))
  );
}

function matchesType(value: JsonValue, { type }: JsonSchema): boolean {
  switch (type) {
    case undefined:
      return true;
    case 'integer':
      return typeof value === 'bigint' || Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'bigint' || typeof value === 'number';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    default:
      return typeof value === type;
  }
}

function matchesNumber(value: number | bigint, { minimum, maximum }: JsonSchema): boolean {
  return (minimum === undefined || value >= minimum) && (maximum === undefined || value <= maximum);
}

function matchesText(value: string, { minLength = 0, maxLength, pattern }: JsonSchema): boolean {
  if (pattern !== undefined && !compile(pattern).test(value)) return false;
  if (minLength === 0 && maxLength === undefined) return true;
  const length = [...value].length;
  return length >= minLength && (maxLength === undefined || length <= maxLength);
}

const compiled = new Map<string, RegExp>();

function compile(pattern: string): RegExp {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const regex = new RegExp(pattern, 'u');
  compiled.set(pattern, regex);
  return regex;
}

function matchesList(value: readonly JsonValue[], schema: JsonSchema): boolean {
  if (value.length < (schema.minItems ?? 0)) return false;
  const { contains, minContains = 1, maxContains } = schema;
  if (contains === undefined) return true;
  const found = value.filter((item) => matches(item, contains)).length;
  return found >= minContains && (maxContains === undefined || found <= maxContains);
}

function matchesObject(
  value: { readonly [key: string]: JsonValue },
  { required = [], properties = {} }: JsonSchema,
): boolean {
  return (
    required.every((key) => Object.hasOwn(value, key)) &&
    Object.entries(properties).every(
      ([key, schema]) => !Object.hasOwn(value, key) || matches(value[key] as JsonValue, schema),
    )
  );
}
