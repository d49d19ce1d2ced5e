/** A field of the request in a path. */
export interface PathVariable {
  /** `book.name` is `['book', 'name']`. */
  readonly field: readonly string[];
  /** Whether slashes in the value are slashes of the path. */
  readonly isMulti: boolean;
  /** What the value must look like. */
  readonly pattern: RegExp;
}

/** Pieces of a path, one after the other: text as it is, and fields of the request. */
export type PathTemplate = readonly (string | PathVariable)[];

/**
 * Reads a path template: `/v1/{name=shelves/*}/books/{id}:read` (google/api/http.proto, "Path template syntax").
 * @returns what is wrong, as text, when it cannot be sent
 */
export function parsePathTemplate(text: string): PathTemplate | string {
  if (!text.startsWith('/')) return 'a path that starts with /';
  const parts: (string | PathVariable)[] = [];
  let at = 0;
  for (const match of text.matchAll(/\{([^{}]*)\}/g)) {
    parts.push(text.slice(at, match.index));
    const variable = parseVariable(match[1] as string);
    if (variable === undefined)
      return `a variable such as {id} or {name=shelves/*}, not ${match[0]}`;
    parts.push(variable);
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  const literals = parts.filter((part) => typeof part === 'string').join('');
  if (/[{}]/.test(literals)) return 'a path whose braces match';
  // There is no telling what to send for them.
  if (literals.includes('*')) return 'a path whose * are all inside of variables';
  if (!/^[\x21-\x7e]*$/.test(literals) || /[?#]/.test(literals))
    return 'a path of plain ASCII, without ? and #';
  return parts.filter((part) => part !== '');
}

const variableSyntax = /^([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:=([^=]+))?$/;

function parseVariable(text: string): PathVariable | undefined {
  const [, field, segments = '*'] = variableSyntax.exec(text) ?? [];
  if (field === undefined) return undefined;
  const source = segments
    .split('/')
    .map((segment) => {
      if (segment === '*') return '[^/]+';
      if (segment === '**') return '.+';
      return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('/');
  const isMulti = segments !== '*';
  return {
    field: field.split('.'),
    isMulti,
    pattern: new RegExp(isMulti ? `^${source}$` : '^.+$', 's'),
  };
}

/**
 * Puts a value into a path.
 * @returns undefined when it does not fit there
 */
export function encodePathValue(
  value: string,
  { isMulti, pattern }: PathVariable,
): string | undefined {
  if (!pattern.test(value)) return undefined;
  // Steps up and down would lead out of the path that the provider chose.
  const segments = isMulti ? value.split('/') : [value];
  if (segments.some((segment) => segment === '.' || segment === '..')) return undefined;
  return segments.map(encodeSegment).join('/');
}

function encodeSegment(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
