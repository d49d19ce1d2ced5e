import { CID } from 'multiformats/cid';
import {
  type EncodedContent,
  type EncodeOptions,
  encodeDirectory,
  encodeFile,
} from './encode-file.ts';
import { rawCode } from './parse-cid.ts';
import { isBlock } from './verify-block.ts';

/**
 * Encodes a file in the forms that the usual tools give it and returns the one that has the CID:
 * with leaves that are nodes or plain bytes, in the version of the CID.
 *
 * @returns `undefined` when the bytes do not have this CID in any of these forms
 */
export async function encodeAs(cid: CID, bytes: Uint8Array): Promise<EncodedContent | undefined> {
  if (cid.code !== rawCode) return findForm(cid, (options) => encodeFile(bytes, options));
  if (!(await isBlock(cid, bytes))) return undefined;
  return { cid: cid.toString(), blocks: new Map([[cid.toString(), bytes]]) };
}

/** Encodes a directory as {@link encodeAs} does a file. */
export async function encodeDirectoryAs(
  cid: CID,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<EncodedContent | undefined> {
  return findForm(cid, (options) => encodeDirectory(files, options));
}

async function findForm(
  cid: CID,
  encode: (options: EncodeOptions) => Promise<EncodedContent>,
): Promise<EncodedContent | undefined> {
  const { version } = cid;
  for (const rawLeaves of version === 1 ? [true, false] : [false, true]) {
    const encoded = await encode({ cidVersion: version, rawLeaves });
    if (CID.parse(encoded.cid).equals(cid)) return encoded;
  }
  return undefined;
}
