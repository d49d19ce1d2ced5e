import { BaseError, decodeMetadataUri, type Hex } from '@snetkit/core';

/**
 * The URI that the registry holds as padded bytes. Inside this package only.
 *
 * @throws BaseError `TEXT_INVALID`, which names the entry
 */
export function readMetadataUri(bytes: Hex, place: string): string {
  try {
    return decodeMetadataUri(bytes);
  } catch (cause) {
    const message = 'The metadata URI in the registry is not text.';
    throw new BaseError('TEXT_INVALID', message, { place, cause });
  }
}
