import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AnvilError } from './anvil-error.ts';

/** Node's names of processors, where the published packages use another one. */
const processors: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Finds the executable inside the platform package of `@foundry-rs/anvil`, so that neither its
 * install script nor its Node launcher is needed. Throws `AnvilError` (`ANVIL_MISSING`).
 */
export function findAnvil({
  platform = process.platform as string,
  arch = process.arch as string,
} = {}): string {
  const name = `@foundry-rs/anvil-${platform}-${processors[arch] ?? arch}`;
  try {
    // The platform package is a dependency of @foundry-rs/anvil, not of this one.
    const require = createRequire(import.meta.url);
    const owner = createRequire(require.resolve('@foundry-rs/anvil/package.json'));
    const folder = dirname(owner.resolve(`${name}/package.json`));
    const file = join(folder, 'bin', platform === 'win32' ? 'anvil.exe' : 'anvil');
    accessSync(file, constants.X_OK);
    return file;
  } catch (cause) {
    throw new AnvilError('ANVIL_MISSING', `The package ${name} is not installed.`, {
      hint: 'install again without leaving out optional dependencies; anvil exists for Linux and macOS on x64 and arm64, and for Windows on x64',
      cause,
    });
  }
}
