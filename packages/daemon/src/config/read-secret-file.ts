import { readFile } from 'node:fs/promises';
import { configError } from './config-error.ts';
import type { KeyName } from './schema.ts';

/** No secret is longer: 64 KiB. */
const maxLength = 64 * 1_024;

/**
 * The value that stands in a file of its own, without the line break at its end.
 *
 * @throws BaseError `CONFIG_VALUE_INVALID` for a file that cannot be read, or is empty
 */
export async function readSecretFile(options: {
  key: KeyName;
  /** What names the file. */
  place: string;
  path: string;
}): Promise<string> {
  const { key, place, path } = options;
  const refuse = (problem: string, cause?: unknown) =>
    configError(
      [
        {
          key,
          place,
          path: [],
          value: path,
          expected: 'the path of a file that holds the value',
          shown: problem,
          hint: 'Check the path, and that the daemon may read the file.',
        },
      ],
      { cause },
    );
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).replace(/[\r\n]+$/, '');
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : path, cause);
  }
  if (text === '') throw refuse(`${path}, which is empty`);
  if (text.length > maxLength)
    throw refuse(`${path}, which is no secret but ${text.length} characters`);
  return text;
}
