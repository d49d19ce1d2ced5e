import { archiveInvalid } from './archive-error.ts';

/** Longer names are refused: they serve nobody, and file systems end at 255 or 4096. */
const maxNameLength = 1024;

/**
 * Checks the name of an archive entry and returns it as an import path: relative, with `/` between
 * its parts. A leading `./`, which `tar` writes for `.`, is dropped.
 *
 * @throws BaseError `ARCHIVE_INVALID` for absolute names, `..`, backslashes, control characters
 */
export function checkEntryName(name: string, place?: string): string {
  const path = name.replace(/^(?:\.\/)+/, '');
  const parts = path.split('/');
  const fault =
    (path === '' && 'an empty name') ||
    (path.length > maxNameLength && `${path.length} characters`) ||
    // Without it, a name of lone surrogates would come back as another one.
    (!path.isWellFormed() && 'a name that is not text') ||
    (/\p{Cc}/u.test(path) && 'a control character') ||
    (path.includes('\\') && 'a backslash') ||
    ((path.startsWith('/') || /^[A-Za-z]:/.test(path)) && 'an absolute name') ||
    (parts.includes('..') && '".."') ||
    (parts.some((part) => part === '' || part === '.') && 'an empty part or "."');
  if (fault === false) return path;
  throw archiveInvalid('The proto archive has an entry with a forbidden name.', {
    place,
    expected: 'a relative name such as dir/service.proto',
    found: `${fault}: ${JSON.stringify(name.slice(0, 100))}`,
  });
}
