import { decodeId, type Hex } from '@snetkit/core';

/**
 * An id as text. Anybody may register bytes that are no text; they stay hexadecimal, so that one such
 * entry does not hide the others. Inside this package only.
 */
export function readId(id: Hex): string {
  try {
    return decodeId(id);
  } catch {
    return id;
  }
}

/** Ids as {@link readId} reads each of them. Inside this package only. */
export function readIds(ids: readonly Hex[]): readonly string[] {
  return ids.map(readId);
}
