import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BuildError } from './build-error.ts';

/** A native addon on this machine. */
export interface Addon {
  readonly name: string;
  readonly path: string;
}

/**
 * Finds the native addons of the daemon for this machine, as the packages themselves would.
 *
 * @throws BuildError for a machine that a package has no binary for
 */
export async function findAddons(daemon: string): Promise<readonly Addon[]> {
  const require = createRequire(join(daemon, 'package.json'));
  const platform = `${process.platform}-${process.arch}`;
  const crypto = createRequire(require.resolve('@snetkit/native-crypto/package.json'));
  const folders = {
    secp256k1: () => join(dirname(crypto.resolve('secp256k1/package.json')), 'prebuilds', platform),
  };
  return Object.entries(folders).map(([name, getFolder]) => {
    try {
      const folder = getFolder();
      const files = existsSync(folder) ? readdirSync(folder) : [];
      const path = choose(files);
      if (path !== undefined) return { name, path: join(folder, path) };
    } catch {
      // Told below.
    }
    throw new BuildError(`${name} brings no binary for ${platform}`);
  });
}

/** Made for this version of Node's own interface, or for the one that all versions share. */
function choose(files: readonly string[]): string | undefined {
  const fit = files.filter((file) => file.endsWith('.node') && !file.includes('.musl.'));
  const own = fit.find((file) => file.includes(`.abi${process.versions.modules}.`));
  return own ?? fit.find((file) => !file.includes('.abi'));
}
