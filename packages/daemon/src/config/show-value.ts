import { stringifyJson } from '@snetkit/core';
import { parseJsonText } from './types/read-object.ts';
import type { ValueType } from './types/value-type.ts';

/** A value as people may see it: of URLs, wherever they stand in it, only protocol and host. */
export function showValue(type: ValueType<unknown>, value: unknown): string {
  if (value === undefined) return 'nothing';
  if (type.show !== undefined) return type.show(value);
  if (typeof value === 'string' && (type.fields ?? type.items) !== undefined) {
    return showText(type, value);
  }
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

/** The environment has lists and objects as text; one that cannot be read may hold anything. */
function showText(type: ValueType<unknown>, text: string): string {
  const value = parseJsonText(text);
  if (typeof value === 'object' && value !== null) return showValue(type, value);
  if (type.items === undefined) return '"(not shown)"';
  return showValue(type, text.split(/[\s,]+/).filter(Boolean));
}

function json(value: unknown): string {
  try {
    return stringifyJson(value as never);
  } catch {
    return String(value);
  }
}
