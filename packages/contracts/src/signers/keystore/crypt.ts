/**
 * Encrypts or decrypts, which is the same: AES-128-CTR, whose counter is all 16 bytes of the vector.
 * Browsers have it on https pages only.
 */
export async function crypt(
  data: Uint8Array,
  { key, iv }: { key: Uint8Array; iv: Uint8Array },
): Promise<Uint8Array> {
  const { subtle } = globalThis.crypto;
  const name = 'AES-CTR';
  const imported = await subtle.importKey('raw', Uint8Array.from(key), name, false, ['encrypt']);
  const algorithm = { name, counter: Uint8Array.from(iv), length: 128 };
  return new Uint8Array(await subtle.encrypt(algorithm, imported, Uint8Array.from(data)));
}
