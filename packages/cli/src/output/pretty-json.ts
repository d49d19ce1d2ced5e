import { stringifyPlain } from './stringify-plain.ts';

/**
 * Writes JSON for a person: what fits on a line stays on one.
 *
 * @param columns of the terminal
 */
export function prettyJson(value: unknown, columns: number): string {
  // Through text and back: what is left are plain values.
  return format(JSON.parse(stringifyPlain(value)), columns, '');
}

/** @param before what stands on the first line already: indentation and name */
function format(value: unknown, columns: number, indent: string, before = indent.length): string {
  const line = formatLine(value);
  // A comma may follow.
  const fits = before + line.length < columns;
  if (fits || typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  const parts = listParts(value).map(([name, item]) => {
    return `${inner}${name}${format(item, columns, inner, inner.length + name.length)}`;
  });
  const [open, close] = bracketsOf(value);
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

function formatLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = listParts(value).map(([name, item]) => `${name}${formatLine(item)}`);
  const [open, close] = bracketsOf(value);
  return `${open}${parts.join(', ')}${close}`;
}

function listParts(value: object): [name: string, item: unknown][] {
  if (Array.isArray(value)) return value.map((item) => ['', item]);
  return Object.entries(value).map(([key, item]) => [`${JSON.stringify(key)}: `, item]);
}

function bracketsOf(value: object): readonly [string, string] {
  return Array.isArray(value) ? ['[', ']'] : ['{', '}'];
}
