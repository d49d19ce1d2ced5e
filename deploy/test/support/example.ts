import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Path of a file in the folder `deploy`. */
export function examplePath(name: string): string {
  return fileURLToPath(new URL(`../../${name}`, import.meta.url));
}

/**
 * An example as it is published, but for what a test must have its own of: addresses and paths. Each of
 * these must be there.
 */
export async function readExample(
  name: string,
  replacements: Readonly<Record<string, string>> = {},
): Promise<string> {
  let text = await readFile(examplePath(name), 'utf8');
  for (const [from, to] of Object.entries(replacements)) {
    if (!text.includes(from)) throw new Error(`deploy/${name} has no "${from}" any more`);
    text = text.replaceAll(from, to);
  }
  return text;
}
