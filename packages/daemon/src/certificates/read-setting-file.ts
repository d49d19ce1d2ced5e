import { readFile } from 'node:fs/promises';
import { BaseError } from '@snetkit/core';
import type { SettingFile } from './certificate-files.ts';

/**
 * The text of a file that a setting names.
 *
 * @throws BaseError `TLS_FILE_INVALID` that names setting, path and what the system says
 */
export async function readSettingFile({ setting, path }: SettingFile): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    throw new BaseError('TLS_FILE_INVALID', `The file of ${setting} cannot be read.`, {
      place: setting,
      expected: 'a PEM file that this process may read',
      found: `${path} (${code})`,
      hint: 'Correct the path, or let the user of this process read the file.',
      cause,
    });
  }
}
