import { BaseError, utf8ToBytes } from '@snetkit/core';
import type { CompileLimits } from './compile-limits.ts';
import { isProtobufFile } from './link/find-import.ts';
import type { SourceFile } from './parse/source-file.ts';

/**
 * Picks the sources to compile, without their byte order marks. Other files, and copies of
 * protobuf's own files, are left out.
 *
 * @throws BaseError `PROTO_TOO_LARGE`
 */
export function selectSources(
  files: ReadonlyMap<string, string>,
  { maxBytes, maxFiles }: CompileLimits,
): SourceFile[] {
  const sources: SourceFile[] = [];
  let bytes = 0;
  for (const [path, text] of files) {
    if (!path.endsWith('.proto') || isProtobufFile(path)) continue;
    sources.push({ path, text: text.startsWith('\uFEFF') ? text.slice(1) : text });
    if (sources.length > maxFiles) {
      throw tooLarge(
        'There are too many proto files.',
        path,
        `at most ${maxFiles} files`,
        'maxFiles',
      );
    }
    // UTF-8 is never shorter than UTF-16 has units, so a huge text is refused before it is encoded.
    const least = bytes + text.length;
    bytes = least > maxBytes ? least : bytes + utf8ToBytes(text).length;
    if (bytes > maxBytes) {
      const expected = `at most ${maxBytes} bytes in all files`;
      throw tooLarge('The proto sources are too large.', path, expected, 'maxBytes');
    }
  }
  return sources;
}

function tooLarge(shortMessage: string, place: string, expected: string, limit: string): BaseError {
  return new BaseError('PROTO_TOO_LARGE', shortMessage, {
    place,
    expected,
    hint: `Raise limits.${limit}, if you trust where the sources came from.`,
  });
}
