import { type JsonValue, stringifyJson } from '@snetkit/core';

/** A value as messages show it: short, and `nothing` when it is missing. */
export function describeValue(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  const json = stringifyJson(value);
  return json.length <= 80 ? json : `${json.slice(0, 80)}...`;
}
