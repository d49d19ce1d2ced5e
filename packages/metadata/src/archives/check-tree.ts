import { archiveInvalid } from './archive-error.ts';

/**
 * Checks that no file of an archive is the directory of another: nobody could write both to a disk.
 *
 * @throws BaseError `ARCHIVE_INVALID`
 */
export function checkTree(paths: ReadonlySet<string>): void {
  for (const path of paths) {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
      const directory = path.slice(0, at);
      if (!paths.has(directory)) continue;
      throw archiveInvalid('The proto archive has a file that is also a directory.', {
        place: JSON.stringify(directory),
        found: JSON.stringify(path),
      });
    }
  }
}
