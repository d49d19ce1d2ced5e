import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where programs of this product keep what they could fetch again: `$XDG_CACHE_HOME/snet`, by default
 * `~/.cache/snet`.
 */
export function getCacheDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(base, 'snet');
}
