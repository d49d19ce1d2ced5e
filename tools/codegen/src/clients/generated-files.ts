import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, normalize, sep } from 'node:path';
import { CodegenError } from '../codegen-error.ts';

/** Text of each file by its path, with `/` between folders. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Folders in a generated package that are somebody else's. */
const foreignFolders = ['node_modules'];

/** Writes files below a folder. @throws CodegenError `CODEGEN_INPUT_INVALID` for a path that leads out of it */
export async function writeFiles(folder: string, files: GeneratedFiles): Promise<void> {
  for (const [path, text] of files) {
    const file = normalize(join(folder, path));
    if (!file.startsWith(normalize(folder) + sep)) {
      throw new CodegenError('CODEGEN_INPUT_INVALID', 'A file would lie outside of the folder.', {
        place: folder,
        found: path,
      });
    }
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** Reads what is below a folder; nothing when there is no such folder. */
export async function readFiles(folder: string): Promise<GeneratedFiles> {
  const files = new Map<string, string>();
  const visit = async (path: string) => {
    const entries = await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (path === '' && foreignFolders.includes(entry.name)) continue;
      const name = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) await visit(name);
      else files.set(name, await readFile(join(folder, name), 'utf8'));
    }
  };
  await visit('');
  return files;
}

/** Paths that differ, or that only one side has, sorted. */
export function compareFiles(a: GeneratedFiles, b: GeneratedFiles): string[] {
  const paths = new Set([...a.keys(), ...b.keys()]);
  return [...paths].filter((path) => a.get(path) !== b.get(path)).sort();
}
