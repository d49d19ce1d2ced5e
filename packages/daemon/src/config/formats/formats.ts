import { basename, extname } from 'node:path';
import type { FileFormat } from './file-format.ts';

// Loaded when there is such a file: a daemon must start quickly.
const formats: Readonly<Record<string, () => Promise<FileFormat>>> = {
  '.json': async () => (await import('./json.ts')).json,
  '.yaml': async () => (await import('./yaml.ts')).yaml,
  '.yml': async () => (await import('./yaml.ts')).yaml,
  '.toml': async () => (await import('./toml.ts')).toml,
  '.env': async () => (await import('./env.ts')).env,
};

/** Endings of file names that are read, in the order in which they are told. */
export const extensions: readonly string[] = Object.keys(formats);

/** The format that the ending of a file's name says. */
export async function findFormat(path: string): Promise<FileFormat | undefined> {
  // `.env` is all ending.
  const extension = extname(path) || basename(path);
  return formats[extension.toLowerCase()]?.();
}
