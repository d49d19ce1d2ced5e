import { readdir, readFile } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The proto files of the example service: import path to source text, sorted by path. */
export async function readExampleProtos(): Promise<Map<string, string>> {
  const root = fileURLToPath(new URL('../../proto', import.meta.url));
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.proto'))
    .map((entry) => `${entry.parentPath}${sep}${entry.name}`)
    .sort();
  return new Map(
    await Promise.all(
      files.map(async (file): Promise<[string, string]> => {
        const path = relative(root, file).split(sep).join('/');
        return [path, await readFile(file, 'utf8')];
      }),
    ),
  );
}
