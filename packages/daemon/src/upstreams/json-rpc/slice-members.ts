/**
 * Cuts the members of a JSON object out of its text, each as it stands there, so that no digit and no
 * key of a value changes. The text must be JSON already.
 *
 * @returns undefined when the text holds no object; of a repeated name the last one counts
 */
export function sliceMembers(text: string): ReadonlyMap<string, string> | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  const members = new Map<string, string>();
  let depth = 0;
  let name: string | undefined;
  /** Where the name or value that is being read begins. */
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at);
        break;
      case '{':
      case '[':
        if (++depth === 1) from = at + 1;
        break;
      case ':':
        if (depth !== 1 || name !== undefined) break;
        name = JSON.parse(text.slice(from, at)) as string;
        from = at + 1;
        break;
      case ',':
        if (depth === 1) take(at);
        break;
      case '}':
      case ']':
        if (--depth === 0) take(at);
        break;
    }
  }
  return members;

  function take(end: number): void {
    if (name !== undefined) members.set(name, text.slice(from, end).trim());
    name = undefined;
    from = end + 1;
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
