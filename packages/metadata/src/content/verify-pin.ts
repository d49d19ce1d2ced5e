import { BaseError, bytesToHex, equalBytes } from '@snetkit/core';
import { sha256 } from 'multiformats/hashes/sha2';
import { encodeAs } from './encode-as.ts';
import { parsePin } from './parse-pin.ts';

/** SHA-256 of bytes as `sha256:` and 64 hexadecimal digits. */
export async function hashBytes(bytes: Uint8Array): Promise<string> {
  const { digest } = await sha256.digest(bytes);
  return `sha256:${bytesToHex(digest).slice(2)}`;
}

/**
 * Compares bytes with a pinned hash.
 *
 * @throws BaseError `CONTENT_MISMATCH` naming place, pin and provider; `PIN_INVALID`
 */
export async function verifyPin(
  bytes: Uint8Array,
  text: string,
  origin: { readonly place: string; readonly provider: string },
): Promise<void> {
  const pin = parsePin(text, origin);
  const { digest } = await sha256.digest(bytes);
  const same =
    pin.kind === 'sha256'
      ? equalBytes(digest, pin.digest)
      : (await encodeAs(pin.cid, bytes)) !== undefined;
  if (same) return;
  const { place, provider } = origin;
  const from = place === provider ? '' : ` from ${provider}`;
  throw new BaseError('CONTENT_MISMATCH', `${place}${from} does not have the pinned hash.`, {
    expected: text,
    found: `${bytes.length} bytes with ${await hashBytes(bytes)}`,
    hint: 'Find out who changed it; pin the new hash only when the change is meant.',
  });
}
