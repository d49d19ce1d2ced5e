import { homedir } from 'node:os';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** The setting that chooses the directory. */
export const cacheVariable = 'SNETD_CACHE_DIR';

/**
 * Where the executable unpacks its native addons: `$SNETD_CACHE_DIR`, what systemd gives a unit with
 * `CacheDirectory=`, `$XDG_CACHE_HOME/snetd`, or `~/.cache/snetd`.
 */
export function getCacheDirectory(env: Env = process.env, home: () => string = homedir): string {
  const given = env[cacheVariable] || env['CACHE_DIRECTORY']?.split(':')[0];
  if (given) return given;
  return join(env['XDG_CACHE_HOME'] || join(home(), '.cache'), 'snetd');
}
