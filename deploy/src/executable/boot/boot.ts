// The main script of the executable: runs the bundled daemon, and gives it what it would otherwise
// find in files beside itself.
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { getCacheDirectory } from './cache-directory.ts';
import { loadProgram } from './load-program.ts';
import { assets, type Manifest } from './manifest.ts';
import { readArchive } from './read-archive.ts';
import { unpackAddon } from './unpack-addon.ts';

// This very file, even when another one has been put in its place.
const self = '/proc/self/exe';
const archive = readArchive(existsSync(self) ? self : process.execPath);
const readText = (name: string) => Buffer.from(archive.read(name)).toString('utf8');
const manifest = JSON.parse(readText(assets.manifest)) as Manifest;
const hostKey = Symbol.for('snetd.executable');

/** Start-up leaves much behind that nobody needs later, and an idle daemon collects nothing: milliseconds. */
const collectAfterMs = 2_000;

function findAddon(name: string): string {
  const sha256 = manifest.addons[name];
  if (sha256 === undefined) throw new Error(`snetd has no native part ${name}`);
  const read = () => archive.read(assets.addon(name));
  return unpackAddon({ name, sha256, read }, getCacheDirectory());
}

function loadAddon(path: string): unknown {
  const module = { exports: {} };
  process.dlopen(module, path);
  return module.exports;
}

const host = {
  json: manifest.json,
  addon: (name: string) => loadAddon(findAddon(name)),
  /** The writer has a thread of its own, which sees nothing of this one. */
  writerSource: () => readText(assets.writer),
};
Object.assign(globalThis, { [hostKey]: host });

/** `snetd unpack`: for images whose files nobody may write to later. */
function unpackAll(): void {
  try {
    for (const name of Object.keys(manifest.addons)) process.stdout.write(`${findAddon(name)}\n`);
  } catch (cause) {
    process.stderr.write(`${(cause as Error).message}\n`);
    process.exitCode = 1;
  }
}

const requireFile = createRequire(process.execPath);

/** Nothing is loaded from files beside the executable, or above it: who knows whose they are. */
function requireBuiltin(id: string): unknown {
  if (id === 'module' || id === 'node:module') {
    return { ...module, createRequire: () => requireBuiltin };
  }
  if (module.isBuiltin(id)) return requireFile(id);
  throw Object.assign(new Error(`Cannot find module '${id}'`), { code: 'MODULE_NOT_FOUND' });
}

if (process.argv[2] === 'unpack') unpackAll();
else {
  const { gc } = globalThis as { gc?: (options: object) => void };
  delete (globalThis as { gc?: unknown }).gc;
  setTimeout(() => gc?.({ type: 'major', flavor: 'last-resort' }), collectAfterMs).unref();
  loadProgram(assets.program, {
    read: archive.read,
    readCache: (name) =>
      archive.has(assets.cache(name)) ? archive.read(assets.cache(name)) : undefined,
    require: requireBuiltin,
    path: process.execPath,
  });
}
