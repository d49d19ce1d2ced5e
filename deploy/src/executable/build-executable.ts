import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { inject } from 'postject';
import { appendArchive } from './append-archive.ts';
import { assets, type Manifest } from './boot/manifest.ts';
import { bundle } from './bundle.ts';
import { findAddons } from './find-addons.ts';
import { readBuild } from './read-build.ts';
import { warmUp } from './warm-up.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const daemon = join(root, 'packages/daemon');

/**
 * What V8 is started with; part of the executable. A small young generation and one helper thread keep
 * the memory of a gateway, whose calls leave little behind, near what it needs. The collector is for the
 * boot script, which hides it.
 */
const nodeOptions = [
  ...['--max-semi-space-size=4', '--v8-pool-size=1', '--expose-gc'],
  '--disable-warning=ExperimentalWarning',
];

/** How an executable is built. */
export interface BuildExecutableOptions {
  /** Path of the executable. */
  readonly output: string;
  onProgress?(step: string): void;
}

/**
 * Builds `snetd` as one file: the Node that runs this, the daemon as one script with the machine code
 * of a warmed-up run, and the native addons for this machine. Nothing is downloaded.
 *
 * @throws BuildError
 */
export async function buildExecutable({
  output,
  onProgress = () => {},
}: BuildExecutableOptions): Promise<void> {
  const work = await mkdtemp(join(tmpdir(), 'snetd-build-'));
  const at = (name: string) => join(work, name);
  try {
    onProgress('bundling');
    const program = await bundle({
      entry: join(daemon, 'src/main.ts'),
      name: assets.program,
      isSplit: true,
    });
    for (const [name, code] of program) await writeFile(at(name), wrap(code));
    const single = {
      [assets.writer]: join(daemon, 'src/store/sqlite-writer.ts'),
      'boot.js': join(import.meta.dirname, 'boot/boot.ts'),
    };
    for (const [name, entry] of Object.entries(single)) {
      await writeFile(at(name), (await bundle({ entry, name })).get(name) ?? '');
    }
    const addons = await findAddons(daemon);
    const manifest: Manifest = {
      json: await readBuild(daemon),
      addons: Object.fromEntries(
        await Promise.all(addons.map(async ({ name, path }) => [name, await hash(path)] as const)),
      ),
    };
    await writeFile(at(assets.manifest), JSON.stringify(manifest));
    for (const { name, path } of addons) await copyFile(path, at(assets.addon(name)));

    onProgress('warming up');
    await warmUp({ directory: work, manifest, nodeOptions });

    onProgress('writing');
    const config = {
      main: at('boot.js'),
      output: at('blob'),
      disableExperimentalSEAWarning: true,
      execArgv: nodeOptions,
    };
    await writeFile(at('sea.json'), JSON.stringify(config));
    await run(process.execPath, ['--experimental-sea-config', at('sea.json')]);
    const draft = at('snetd');
    await copyFile(process.execPath, draft);
    await chmod(draft, 0o755);
    await inject(draft, 'NODE_SEA_BLOB', await readFile(at('blob')), {
      sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2',
    });
    const caches = [...program.keys()].map(assets.cache).filter((name) => existsSync(at(name)));
    const names = [
      ...[assets.manifest, ...program.keys(), ...caches, assets.writer],
      ...addons.map(({ name }) => assets.addon(name)),
    ];
    await appendArchive(draft, { directory: work, names });
    await mkdir(dirname(output), { recursive: true });
    // Whole or not at all: another build may be running, or this very program.
    await copyFile(draft, `${output}.${process.pid}`);
    await rename(`${output}.${process.pid}`, output);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The same parameters as a CommonJS module has. */
function wrap(code: string): string {
  return `(function (require, module, exports, __filename, __dirname) {${code}\n})`;
}

async function hash(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}
