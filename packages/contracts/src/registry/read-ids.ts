import { decodeId, type Hex } from '@snetkit/core';

/**
 * Ids as text. Anybody may register bytes that are no text; they stay hexadecimal, so that one such
 * entry does not hide the others. Inside this package only.
 */
export function readIds(ids: readonly Hex[]): readonly string[] {
  return ids.map((id) => {
    try {
      return decodeId(id);
    } catch {
      return id;
    }
  });
}
