import { type EncodeOptions, encodeFile } from './encode-file.ts';

/**
 * The content identifier that Kubo's `ipfs add` gives a file: CIDv0 unless options say otherwise.
 *
 * @example
 * ```ts
 * await computeCid(new TextEncoder().encode('hello world')); // Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD
 * ```
 */
export async function computeCid(bytes: Uint8Array, options: EncodeOptions = {}): Promise<string> {
  const { cid } = await encodeFile(bytes, options);
  return cid;
}
