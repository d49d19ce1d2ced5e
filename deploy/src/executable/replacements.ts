/** A piece of source that a bundle cannot keep as it is. */
export interface Replacement {
  /** End of the path of the file. */
  readonly file: string;
  /** What stands there, and what stands there instead; without the former, all is replaced. */
  readonly edits: readonly (readonly [from: string, to: string])[];
}

/** A module that only bundles have: it loads what the daemon would load by its name. */
export const secp256k1Module = 'snetd:secp256k1';

/** Its source. */
export const secp256k1Source = `exports.load = () => require('secp256k1/bindings.js');`;

/** Where the boot code puts what only an executable has; see `boot.ts`. */
const host = `globalThis[Symbol.for('snetd.executable')]`;

/**
 * What the daemon finds beside its files, a bundle finds in itself. Each text must be there: the build
 * fails when the daemon has changed, instead of making an executable that falls back to slow drivers.
 */
export const replacements: readonly Replacement[] = [
  {
    file: 'native-crypto/src/load-binding.ts',
    edits: [
      [
        `import { createRequire } from 'node:module';`,
        `import { load as bundled } from '${secp256k1Module}';`,
      ],
      ['createRequire(import.meta.url)', 'bundled'],
    ],
  },
  {
    file: 'daemon/src/store/start-writer-thread.ts',
    edits: [
      [
        'new Worker(url, { workerData',
        `new Worker(${host}.writerSource(), { eval: true, workerData`,
      ],
    ],
  },
  {
    file: 'daemon/src/observe/version.ts',
    edits: [
      [
        `JSON.parse(await readFile(fileURLToPath(new URL(name, root)), 'utf8'))`,
        `${host}.json[name]`,
      ],
    ],
  },
  {
    file: 'node-gyp-build/index.js',
    edits: [['', `module.exports = () => ${host}.addon('secp256k1');`]],
  },
];
