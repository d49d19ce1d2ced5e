import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../fixtures/corpus');

/** Names of the cases in fixtures/corpus. */
export const corpusNames: readonly string[] = readdirSync(root).sort();

/** The sources of one case, by the path that they import each other by. */
export function readCorpus(name: string): Map<string, string> {
  const directory = join(root, name);
  return new Map(
    globSync('**/*.proto', { cwd: directory })
      .sort()
      .map((path) => [path, readFileSync(join(directory, path), 'utf8')]),
  );
}
