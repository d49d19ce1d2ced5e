const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?[0-9][0-9.eE+-]*|[{}[\],]/gs;

/** A number of a JSON text that is written with a fraction or an exponent. */
export interface DecimalLiteral {
  readonly at: readonly (string | number)[];
  readonly literal: string;
}

/**
 * Finds the numbers of a JSON text that are not written as plain digits, such as `10.0` or `1e3`. Once
 * the text is parsed they cannot be told from integers, but Go refuses them where it wants one.
 *
 * @param json well-formed JSON
 */
export function findDecimalLiterals(json: string): DecimalLiteral[] {
  const found: DecimalLiteral[] = [];
  // The way to the value that comes next: a key is `undefined` until it was read.
  const way: (string | number | undefined)[] = [];
  for (const [text] of json.matchAll(token)) {
    const step = way.at(-1);
    if (text === '{') way.push(undefined);
    else if (text === '[') way.push(0);
    else if (text === '}' || text === ']') way.pop();
    else if (text === ',') way[way.length - 1] = typeof step === 'number' ? step + 1 : undefined;
    else if (text.startsWith('"')) {
      if (way.length > 0 && step === undefined) way[way.length - 1] = JSON.parse(text) as string;
    } else if (/[.eE]/.test(text)) {
      found.push({ at: way.map((one) => one ?? ''), literal: text });
    }
  }
  return found;
}
