import { encodeId, type Hex } from '@snetkit/core';

/**
 * An id for a look-up: text, or the 32 bytes in hexadecimal that stand for an id that is no text.
 * There is no doubt which, because such a text is too long to be an id. Inside this package only.
 *
 * @throws BaseError `ID_INVALID`
 */
export function writeId(id: string): Hex {
  return /^0x[0-9a-fA-F]{64}$/.test(id) ? (id.toLowerCase() as Hex) : encodeId(id);
}
