import { type Field, integer, items, member, object } from '../documents/field.ts';

/** Pictures and videos of a service, with their place in the gallery. */
export interface MediaEntry {
  /** Index in the list. */
  readonly index: number;
  /** `undefined` when the document gives none. */
  readonly order: bigint | undefined;
}

/** The media of a service document, in the order of the list. */
export function readMedia(root: Field): MediaEntry[] {
  return items(member(root, 'media')).map((field, index) => {
    object(field);
    return { index, order: integer(member(field, 'order')) };
  });
}
