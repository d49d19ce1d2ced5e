import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where programs of this product keep their state: `$XDG_STATE_HOME/snet`, by default
 * `~/.local/state/snet`.
 */
export function getStateDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_STATE_HOME'] || join(homedir(), '.local', 'state');
  return join(base, 'snet');
}
