import { BaseError, hexToBytes } from '@snetkit/core';
import type { CID } from 'multiformats/cid';
import { parseCid } from './parse-cid.ts';

/** A hash that bytes must have. */
export type Pin =
  | { readonly kind: 'cid'; readonly cid: CID }
  | { readonly kind: 'sha256'; readonly digest: Uint8Array };

/**
 * Reads a pinned hash: a CID, or `sha256:` and 64 hexadecimal digits, as `sha256sum` prints.
 *
 * @throws BaseError `PIN_INVALID`
 */
export function parsePin(text: string, options: { place?: string | undefined } = {}): Pin {
  const digits = /^sha256:([0-9a-fA-F]{64})$/.exec(text)?.[1];
  if (digits !== undefined) return { kind: 'sha256', digest: hexToBytes(`0x${digits}`) };
  try {
    return { kind: 'cid', cid: parseCid(text) };
  } catch (cause) {
    throw new BaseError('PIN_INVALID', 'This is not a hash to compare content with.', {
      place: options.place,
      expected: 'a CID, or sha256: and 64 hexadecimal digits',
      found: text.length <= 120 ? JSON.stringify(text) : `${text.length} characters`,
      cause,
    });
  }
}
