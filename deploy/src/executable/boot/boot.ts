// The main script of the executable: runs the bundled daemon, and gives it what it would otherwise
// find in files beside itself.
import module, { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { getAsset, getRawAsset } from 'node:sea';
import { constants, Script } from 'node:vm';
import { getCacheDirectory } from './cache-directory.ts';
import { assets, type Manifest } from './manifest.ts';
import { unpackAddon } from './unpack-addon.ts';

const manifest = JSON.parse(getAsset(assets.manifest, 'utf8')) as Manifest;
const hostKey = Symbol.for('snetd.executable');

/** Addons by folder name of the package that asks for them. */
function findAddon(name: string): string {
  const sha256 = manifest.addons[name];
  if (sha256 === undefined) throw new Error(`snetd has no native part ${name}`);
  const read = () => new Uint8Array(getRawAsset(assets.addon(name)));
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
  writerSource(): string {
    const path = JSON.stringify(findAddon('lmdb'));
    return (
      `globalThis[Symbol.for('snetd.executable')] = { addon() {` +
      `const module = { exports: {} }; process.dlopen(module, ${path}); return module.exports; } };` +
      getAsset(assets.writer, 'utf8')
    );
  },
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

function runDaemon(): void {
  const script = new Script(Buffer.from(getRawAsset(assets.program)).toString('latin1'), {
    filename: assets.program,
    cachedData: Buffer.from(getRawAsset(assets.programCache)),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const path = process.execPath;
  const exported = { exports: {} };
  script.runInThisContext()(requireBuiltin, exported, exported.exports, path, dirname(path));
}

if (process.argv[2] === 'unpack') unpackAll();
else runDaemon();
