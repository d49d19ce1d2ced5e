import { BaseError, equalBytes } from '@snetkit/core';
import { CID } from 'multiformats/cid';
import { sha256 } from 'multiformats/hashes/sha2';

/** Which content a block belongs to and who delivered it: what errors name. */
export interface BlockOrigin {
  /** The CID that the caller asked for. */
  readonly root: string;
  /** Name of the content source. */
  readonly provider: string;
}

/** Whether bytes are the block that a CID names: their sha2-256 hash is the one inside the CID. */
export async function isBlock(cid: CID, bytes: Uint8Array): Promise<boolean> {
  const { digest } = await sha256.digest(bytes);
  return equalBytes(digest, cid.multihash.digest);
}

/**
 * Checks that bytes are the block that a CID names.
 *
 * @throws BaseError `CONTENT_MISMATCH` naming the content, the provider and the block
 */
export async function verifyBlock(cid: CID, bytes: Uint8Array, origin: BlockOrigin): Promise<void> {
  if (await isBlock(cid, bytes)) return;
  const hash = await sha256.digest(bytes);
  const { root, provider } = origin;
  const found = cid.version === 0 ? CID.createV0(hash) : CID.createV1(cid.code, hash);
  throw new BaseError(
    'CONTENT_MISMATCH',
    `Content of ${root} from ${provider} does not match its CID.`,
    {
      place: `block ${cid}`,
      expected: `the bytes of ${cid}`,
      found: `${bytes.length} bytes that have the CID ${found}`,
      hint: 'Do not trust this provider; read the content from another one.',
    },
  );
}
