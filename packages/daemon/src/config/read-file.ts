import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { BaseError, parseJson } from '@snetkit/core';
import { readObject } from './types/read-object.ts';

/**
 * Reads a configuration file; its extension names the format.
 *
 * @returns undefined when there is no such file.
 * @throws BaseError when it cannot be read, or is no JSON object.
 */
export async function readConfigFile(
  path: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (extname(path).toLowerCase() !== '.json') {
    throw new BaseError(
      'CONFIG_FILE_INVALID',
      'The configuration file has a format that is not supported.',
      {
        place: path,
        expected: 'a file whose name ends in .json',
        found: extname(path) === '' ? 'no extension' : extname(path),
        hint: 'Write the same keys as a JSON object.',
      },
    );
  }
  const text = await readText(path);
  if (text === undefined) return undefined;
  const content = readObject(parse(text, path));
  if (content !== undefined) return content;
  throw new BaseError('CONFIG_FILE_INVALID', 'The configuration file holds no object.', {
    place: path,
    expected: 'a JSON object of keys and values',
    hint: 'Run `snetd init` in an empty directory to see one.',
  });
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new BaseError('CONFIG_FILE_INVALID', 'The configuration file cannot be read.', {
      place: path,
      found: (cause as Error).message,
      hint: 'Check the path and the permissions of the file.',
      cause,
    });
  }
}

function parse(text: string, path: string): unknown {
  try {
    return parseJson(text, { place: path });
  } catch (cause) {
    const { place = path, expected, found } = BaseError.from(cause);
    throw new BaseError('CONFIG_FILE_INVALID', 'The configuration file is not valid JSON.', {
      place,
      expected,
      found,
      hint: 'Look for a missing or superfluous comma, quote or bracket at this place.',
      cause,
    });
  }
}
