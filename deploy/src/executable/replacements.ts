/** A piece of source that a bundle cannot keep as it is. */
export interface Replacement {
  /** End of the path of the file. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Where the boot code puts what only an executable has; see `boot.ts`. */
const host = `globalThis[Symbol.for('snetd.executable')]`;

/**
 * What the daemon finds beside its files, a bundle finds in itself. Each text must be there: the build
 * fails when the daemon has changed, instead of making an executable that falls back to slow drivers.
 */
export const replacements: readonly Replacement[] = [
  {
    file: 'daemon/src/crypto/native-recovery.ts',
    from: 'createRequire(import.meta.url)',
    to: `() => require('secp256k1/bindings.js')`,
  },
  {
    file: 'daemon/src/store/start-lmdb-writer.ts',
    from: 'new Worker(url, { workerData',
    to: `new Worker(${host}.writerSource(), { eval: true, workerData`,
  },
  {
    file: 'daemon/src/observe/version.ts',
    from: `JSON.parse(await readFile(fileURLToPath(new URL(name, root)), 'utf8'))`,
    to: `${host}.json[name]`,
  },
  {
    file: 'node-gyp-build/index.js',
    from: '',
    to: `module.exports = () => ${host}.addon('secp256k1');`,
  },
  {
    file: 'node-gyp-build-optional-packages/index.js',
    from: '',
    to: `module.exports = () => ${host}.addon('lmdb');`,
  },
];
