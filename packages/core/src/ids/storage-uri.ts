import { BaseError } from '../errors/base-error.ts';
import { quote } from '../errors/quote.ts';

/** Where a document lies: the storage network and the content identifier. */
export interface StorageUri {
  readonly scheme: 'ipfs' | 'filecoin';
  /** CIDv0 or CIDv1 text; its form is checked where the content is read. */
  readonly cid: string;
}

/**
 * Reads `ipfs://<cid>` or `filecoin://<cid>`.
 *
 * @throws BaseError `STORAGE_URI_INVALID` for other schemes, and for anything but letters and digits after it
 */
export function parseStorageUri(
  text: string,
  options: { place?: string | undefined } = {},
): StorageUri {
  const match = /^(ipfs|filecoin):\/\/([A-Za-z0-9]+)$/.exec(text);
  if (match?.[2] !== undefined) {
    return { scheme: match[1] === 'ipfs' ? 'ipfs' : 'filecoin', cid: match[2] };
  }
  throw new BaseError('STORAGE_URI_INVALID', 'This is not a storage URI.', {
    place: options.place,
    expected: 'ipfs://<cid> or filecoin://<cid>',
    found: quote(text, 200),
  });
}

/**
 * Writes a storage URI.
 *
 * @throws BaseError `STORAGE_URI_INVALID` when the result could not be read back
 */
export function formatStorageUri({ scheme, cid }: StorageUri): string {
  const text = `${scheme}://${cid}`;
  parseStorageUri(text);
  return text;
}
