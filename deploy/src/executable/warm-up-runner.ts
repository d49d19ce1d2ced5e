// Runs the bundled daemon from the files of a build, and writes the code caches when it ends:
// `node warm-up-runner.ts DIRECTORY serve -c FILE`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Script } from 'node:vm';
import { loadProgram } from './boot/load-program.ts';
import { assets, type Manifest } from './boot/manifest.ts';

const [, , directory = '', ...args] = process.argv;
process.argv.splice(2, process.argv.length, ...args);
const at = (name: string) => join(directory, name);
const { json } = JSON.parse(readFileSync(at(assets.manifest), 'utf8')) as Manifest;
const addonPath = (name: string) => at(assets.addon(name));
const require = createRequire(import.meta.url);
Object.assign(globalThis, {
  [Symbol.for('snetd.executable')]: {
    json,
    addon: (name: string) => require(addonPath(name)),
    writerSource: () => readFileSync(at(assets.writer), 'utf8'),
  },
});
const scripts = new Map<string, Script>();
process.on('exit', () => {
  for (const [name, script] of scripts) {
    writeFileSync(at(assets.cache(name)), script.createCachedData());
  }
});
loadProgram(assets.program, {
  read: (name) => readFileSync(at(name)),
  readCache: () => undefined,
  require,
  path: import.meta.filename,
  onScript: (name, script) => void scripts.set(name, script),
});
