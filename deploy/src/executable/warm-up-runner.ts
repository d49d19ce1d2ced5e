// Runs the bundled daemon from the files of a build, and writes the code cache when it ends:
// `node warm-up-runner.ts DIRECTORY serve -c FILE`.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { constants, Script } from 'node:vm';
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
    writerSource: () =>
      `globalThis[Symbol.for('snetd.executable')] = { addon: () => require(${JSON.stringify(addonPath('lmdb'))}) };` +
      readFileSync(at(assets.writer), 'utf8'),
  },
});
const script = new Script(readFileSync(at(assets.program), 'latin1'), {
  filename: assets.program,
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
});
process.on('exit', () => writeFileSync(at(assets.programCache), script.createCachedData()));
const module = { exports: {} };
script.runInThisContext()(
  require,
  module,
  module.exports,
  import.meta.filename,
  import.meta.dirname,
);
