import { BaseError } from '@snetkit/core';
import { CID } from 'multiformats/cid';

/** Multicodec of blocks that are dag-pb nodes. */
const dagPbCode = 0x70;

/** Multicodec of blocks that are the bytes of a file themselves. */
export const rawCode = 0x55;

const sha256Code = 0x12;

/**
 * Reads a content identifier: CIDv0, or CIDv1 in base32, base36 or base58.
 *
 * @throws BaseError `CID_INVALID` when it is no CID, or one that {@link checkCid} refuses
 */
export function parseCid(text: string, options: { place?: string | undefined } = {}): CID {
  const { place } = options;
  let cid: CID;
  try {
    cid = CID.parse(text);
  } catch (cause) {
    throw new BaseError('CID_INVALID', 'This is not a content identifier.', {
      place,
      expected: 'a CIDv0 (Qm...) or a CIDv1 (bafy..., bafk...)',
      found: text.length <= 120 ? JSON.stringify(text) : `${text.length} characters`,
      cause,
    });
  }
  checkCid(cid, place);
  return cid;
}

/**
 * Refuses content identifiers whose blocks cannot be verified or read here: hashes other than
 * sha2-256 and codecs other than dag-pb and raw.
 *
 * @throws BaseError `CID_INVALID`
 */
export function checkCid(cid: CID, place?: string): void {
  const { code, digest } = cid.multihash;
  if (code === sha256Code && digest.length === 32) {
    if (cid.code === dagPbCode || cid.code === rawCode) return;
    throw new BaseError('CID_INVALID', `The codec of ${cid} is not supported.`, {
      place,
      expected: 'dag-pb (0x70) or raw (0x55)',
      found: `0x${cid.code.toString(16)}`,
    });
  }
  throw new BaseError('CID_INVALID', `The hash of ${cid} is not supported.`, {
    place,
    expected: 'sha2-256 (0x12) of 32 bytes',
    found: `0x${code.toString(16)} of ${digest.length} bytes`,
  });
}
