import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { BaseError } from '@snetkit/core';
import { type FileFormat, FormatFault } from './formats/file-format.ts';
import { extensions, findFormat } from './formats/formats.ts';
import { readObject } from './types/read-object.ts';

/**
 * Reads a configuration file; its extension names the format: JSON, YAML, TOML or KEY=value lines.
 *
 * @returns undefined when there is no such file.
 * @throws BaseError when it cannot be read, or holds no object.
 */
export async function readConfigFile(
  path: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const format = await findFormat(path);
  if (format === undefined) {
    throw new BaseError(
      'CONFIG_FILE_INVALID',
      'The configuration file has a format that is not supported.',
      {
        place: path,
        expected: `a file whose name ends in ${extensions.slice(0, -1).join(', ')} or ${extensions.at(-1)}`,
        found: extname(path) === '' ? 'no extension' : extname(path),
        hint: 'Rename the file after what it holds.',
      },
    );
  }
  const text = await readText(path);
  if (text === undefined) return undefined;
  const parsed = parse(text, { path, format });
  // An empty YAML file is nothing at all.
  const content = readObject(parsed ?? {});
  if (content !== undefined) return content;
  throw new BaseError('CONFIG_FILE_INVALID', 'The configuration file holds no object.', {
    place: path,
    expected: `a ${format.name} object of keys and values`,
    found: Array.isArray(parsed) ? 'a list' : typeof parsed,
    hint: 'Run `snetd init` in an empty directory to see one.',
  });
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
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

function parse(text: string, { path, format }: { path: string; format: FileFormat }): unknown {
  try {
    return format.parse(text);
  } catch (cause) {
    if (!(cause instanceof FormatFault)) throw cause;
    const { line, column, message: found } = cause;
    throw new BaseError(
      'CONFIG_FILE_INVALID',
      `The configuration file is not valid ${format.name}.`,
      {
        place: line > 0 ? `${path}, line ${line}, column ${column}` : path,
        found,
        // Without the cause: parsers show the lines around the place, and secrets may stand there.
        hint: 'Look for a missing or superfluous comma, quote, bracket or indentation at this place.',
      },
    );
  }
}
