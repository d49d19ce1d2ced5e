import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { CodegenError } from '../codegen-error.ts';

/** The text of an ABI file, and where it was. */
export interface AbiFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads `<contract>.json` from `abi/` (or the top) of the first package that has it. A package is
 * named, or given as a path that starts with `.` or `/`. Throws `CodegenError`.
 */
export async function findAbi(options: {
  cwd: string;
  packages: readonly string[];
  contract: string;
}): Promise<AbiFile> {
  const { cwd, packages, contract } = options;
  const tried = packages
    .map((name) => findFolder(cwd, name))
    .flatMap((folder) => [join(folder, 'abi'), folder])
    .map((folder) => join(folder, `${contract}.json`));
  for (const path of tried) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    if (!hasAbi(text)) {
      throw new CodegenError('CODEGEN_INPUT_INVALID', `The ABI of ${contract} cannot be read.`, {
        place: path,
        hint: 'give a JSON file that is an ABI, or an object with a key "abi"',
      });
    }
    return { path, text };
  }
  throw new CodegenError('CODEGEN_INPUT_MISSING', `No package has an ABI of ${contract}.`, {
    found: `no file at ${tried.join(', ')}`,
    hint: 'correct the name of the contract (it is the name of its file), or add its package',
  });
}

function findFolder(cwd: string, name: string): string {
  if (name.startsWith('.') || isAbsolute(name)) return resolve(cwd, name);
  try {
    return dirname(createRequire(join(cwd, 'package.json')).resolve(`${name}/package.json`));
  } catch (cause) {
    throw new CodegenError('CODEGEN_INPUT_MISSING', `The package ${name} is not installed.`, {
      place: cwd,
      hint: `add ${name} to the devDependencies of the package there`,
      cause,
    });
  }
}

function hasAbi(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    const abi = Array.isArray(value) ? value : (value as { abi?: unknown } | null)?.abi;
    return Array.isArray(abi) && abi.length > 0;
  } catch {
    return false;
  }
}
