import { type MediaEntry, readMedia } from './read-media.ts';
import type { EditContext } from './run-edit.ts';

/**
 * The entry with a place in the gallery.
 *
 * @throws BaseError `METADATA_EDIT_REFUSED` when there is none, or several have the place
 */
export function findMedia({ root, refuse }: EditContext, order: number): MediaEntry {
  const media = readMedia(root);
  const found = media.filter((entry) => entry.order !== undefined && Number(entry.order) === order);
  const [entry] = found;
  if (entry !== undefined && found.length === 1) return entry;
  throw refuse(['media'], {
    message: entry === undefined ? 'No media has this place.' : 'Several media have this place.',
    expected: `one of ${media.map((one) => one.order ?? 'nothing').join(', ') || 'none: the list is empty'}`,
    found: `${order}`,
  });
}
