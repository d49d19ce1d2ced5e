import { BaseError, bytesToUtf8 } from '@snetkit/core';

/** Real documents are a few kilobytes. */
export const maxDocumentBytes = 1024 * 1024;

/**
 * The text of a document.
 *
 * @throws BaseError `TEXT_INVALID`
 */
export function documentText(bytes: Uint8Array, place: string, provider: string): string {
  try {
    return bytesToUtf8(bytes);
  } catch (error) {
    const { code, shortMessage } = BaseError.from(error);
    const from = provider === place ? '' : ` from ${provider}`;
    throw new BaseError(code, shortMessage, { place: `${place}${from}` });
  }
}
