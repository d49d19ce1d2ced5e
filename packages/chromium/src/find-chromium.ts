import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ChromiumError } from './chromium-error.ts';

/**
 * Finds the program `chromium`: on the search path unless other folders are given.
 *
 * @throws ChromiumError `CHROMIUM_MISSING`
 */
export function findChromium(folders: readonly string[] = searchPath()): string {
  for (const folder of folders) {
    const file = join(folder, 'chromium');
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here.
    }
  }
  throw new ChromiumError('CHROMIUM_MISSING', 'The program chromium is not installed.', {
    hint: 'apt-get update && apt-get install -y chromium (on Debian, as root)',
  });
}

function searchPath(): string[] {
  const path = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return [...path, '/usr/local/bin', '/usr/bin'];
}
