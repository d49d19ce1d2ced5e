import { stringifyJson } from '@snetkit/core';
import type { ValueType } from './types/value-type.ts';

/** A value as people may see it: of URLs, wherever they stand in it, only protocol and host. */
export function showValue(type: ValueType<unknown>, value: unknown): string {
  if (value === undefined) return 'nothing';
  if (type.show !== undefined) return type.show(value);
  if (Array.isArray(value) && type.items !== undefined) {
    const { items } = type;
    return `[${value.map((entry) => showValue(items, entry)).join(',')}]`;
  }
  if (type.fields !== undefined && typeof value === 'object' && value !== null) {
    const { fields } = type;
    const entries = Object.entries(value).map(([name, entry]) => {
      const field = fields[name.toLowerCase()];
      return `${JSON.stringify(name)}:${field === undefined ? '"(not shown)"' : showValue(field, entry)}`;
    });
    return `{${entries.join(',')}}`;
  }
  return json(value);
}

function json(value: unknown): string {
  try {
    return stringifyJson(value as never);
  } catch {
    return String(value);
  }
}
