import type { EditContext } from './run-edit.ts';

/** Refuses an empty text, which is what the official CLI leaves behind and then refuses itself. */
export function checkAssetValue(
  value: string,
  at: readonly (string | number)[],
  { refuse }: EditContext,
): void {
  if (value !== '' && value === value.trim()) return;
  throw refuse(at, {
    message: 'This does not name an asset.',
    expected: '<cid>/<file name>, a storage URI or a URL',
    found: JSON.stringify(value),
  });
}
