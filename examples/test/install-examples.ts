import { globSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { stringify } from 'yaml';
import {
  createLockfile,
  createOverrides,
  type PackedPackage,
  type Program,
} from './create-lockfile.ts';
import { runProgram } from './run-program.ts';

const room = dirname(import.meta.dirname);
const root = dirname(room);

interface Manifest extends Program {
  readonly name: string;
  readonly version: string;
}

/**
 * Installs the examples as a stranger would, in a folder outside of the repository: with the packed
 * packages in place of what the registry has, and nothing of the repository within reach. Nothing is
 * asked of the registry: what else is needed, the repository has installed, too.
 *
 * @returns the names of the examples
 */
export async function installExamples(directory: string): Promise<readonly string[]> {
  const programs = await readPrograms();
  const packed = await packAll(directory, listOwn(programs.values()));
  const lockfile = await readFile(join(root, 'pnpm-lock.yaml'), 'utf8');
  for (const name of programs.keys()) {
    const filter = (path: string) => !/^(node_modules|dist)$/.test(basename(path));
    await cp(join(room, name), join(directory, name), { recursive: true, filter });
  }
  const workspace = {
    packages: [...programs.keys()],
    overrides: createOverrides(packed),
    autoInstallPeers: false,
    pmOnFail: 'ignore',
    // The entries are those of the repository, which were judged when it was installed; asking again
    // would need the registry.
    trustLockfile: true,
  };
  await writeFile(join(directory, 'pnpm-workspace.yaml'), stringify(workspace));
  const locked = createLockfile({ lockfile, programs, packed });
  await writeFile(join(directory, 'pnpm-lock.yaml'), locked);
  const args = ['install', '--frozen-lockfile', '--offline', '--ignore-scripts'];
  await runProgram({ command: [await findPnpm(), ...args], cwd: directory });
  return [...programs.keys()];
}

async function readPrograms(): Promise<ReadonlyMap<string, Program>> {
  const programs = new Map<string, Program>();
  for (const file of globSync('*/package.json', { cwd: room }).sort()) {
    programs.set(dirname(file), await readManifest(join(room, file)));
  }
  return programs;
}

/** Packages of this repository that the programs name. */
function listOwn(programs: Iterable<Program>): readonly string[] {
  const names = [...programs].flatMap(({ dependencies = {} }) => Object.keys(dependencies));
  return [...new Set(names)].filter((name) => name.startsWith('@snetkit/'));
}

/** Packs packages, and those that they depend on. */
async function packAll(
  directory: string,
  names: readonly string[],
): Promise<readonly PackedPackage[]> {
  const tarballs = join(directory, 'tarballs');
  await mkdir(tarballs, { recursive: true });
  const pnpm = await findPnpm();
  const packed = new Map<string, PackedPackage>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (packed.has(name)) continue;
    const folder = name.replace('@snetkit/', 'packages/');
    const { version, dependencies = {} } = await readManifest(join(root, folder, 'package.json'));
    const command = [pnpm, 'pack', '--pack-destination', tarballs] as const;
    await runProgram({ command: [...command], cwd: join(root, folder) });
    const path = `tarballs/${name.slice(1).replace('/', '-')}-${version}.tgz`;
    const tarball = await readFile(join(directory, path));
    packed.set(name, { name, version, folder, path, tarball });
    waiting.push(...Object.keys(dependencies).filter((one) => one.startsWith('@snetkit/')));
  }
  return [...packed.values()];
}

async function readManifest(file: string): Promise<Manifest> {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** The pinned pnpm, where tools/run.mjs left it. */
async function findPnpm(): Promise<string> {
  const stamp = await readFile(join(root, 'node_modules/.install-stamp.json'), 'utf8');
  return JSON.parse(stamp).pnpm;
}
