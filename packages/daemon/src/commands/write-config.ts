import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { BaseError } from '@snetkit/core';
import { defaultConfigFile } from '../config/load.ts';
import type { CommandInput } from './command.ts';

/**
 * Writes a configuration in the format that the name of the file says; never over an existing one
 * (daemon.md 6.5). Only its owner may read it, because it holds a secret.
 *
 * @returns the exit code
 * @throws BaseError when it cannot be written
 */
export async function writeConfig(
  { options, print, warn }: CommandInput,
  { content, kind }: { content: Readonly<Record<string, unknown>>; kind: string },
): Promise<number> {
  const file = typeof options['config'] === 'string' ? options['config'] : defaultConfigFile;
  try {
    await writeFile(file, await format(content, file), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cannotWrite(file, cause);
    warn(`ERROR: such configFile already exists, please remove file first or rename file: ${file}`);
    return 255;
  }
  print(`Writing ${kind} configuration to the file: ${file}`);
  return 0;
}

async function format(content: Readonly<Record<string, unknown>>, file: string): Promise<string> {
  const extension = extname(file).toLowerCase();
  if (extension === '.toml') return (await import('smol-toml')).stringify(content);
  if (extension === '.yaml' || extension === '.yml') {
    return (await import('yaml')).stringify(content);
  }
  return `${JSON.stringify(content, null, 2)}\n`;
}

function cannotWrite(file: string, cause: unknown): BaseError {
  return new BaseError('CONFIG_FILE_INVALID', 'The configuration file cannot be written.', {
    place: file,
    found: cause instanceof Error ? cause.message : String(cause),
    hint: 'Check that the directory exists and that you may write to it.',
    cause,
  });
}
