import { privateKeySigner, type Signer } from '@snetkit/contracts/signers';
import { type Address, BaseError, bytesToHex, utf8ToBytes } from '@snetkit/core';
import { openSiteStorage } from './site-storage.ts';

/** Whose delegate, and where its key lies. */
export interface DelegateSignerOptions {
  /** The account that owns the channels: that of the wallet. */
  readonly owner: Address;
  /** Name of the database; `snet-keys` when left out. */
  readonly name?: string | undefined;
}

/** A private key as it is stored: encrypted under a key that no script can read, only use. */
interface WrappedKey {
  readonly wrapping: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly wrapped: ArrayBuffer;
}

/**
 * A key of this site that signs payments in the name of a wallet's account, so that the wallet is asked
 * for transactions only and never for a call. A channel names it as its signer when it is opened. It is
 * made at the first time, and is the same in all tabs and at each visit. All it can spend is what lies
 * in those channels; when it is lost, that money comes back to the owner when the channels expire.
 *
 * @throws BaseError `SIGNER_UNAVAILABLE` where the browser keeps nothing
 */
export async function openDelegateSigner(options: DelegateSignerOptions): Promise<Signer> {
  const { owner, name = 'snet-keys' } = options;
  try {
    const storage = await openSiteStorage<WrappedKey>(name);
    const id = owner.toLowerCase();
    const [found] = await storage.read(id);
    // Made before it is known whether it is needed: nothing else may happen during a change.
    const made = found === undefined ? await wrapNewKey(id) : found.value;
    const stored = await storage.change(id, (known) =>
      known === undefined ? { value: made, result: made } : { result: known },
    );
    storage.close();
    return privateKeySigner(bytesToHex(await unwrap(stored, id)));
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    throw new BaseError('SIGNER_UNAVAILABLE', 'The key that pays on this site cannot be used.', {
      place: `account ${owner}`,
      found: `${cause.name}: ${cause.message}`,
      hint: 'serve the page from https or localhost, and allow it to store data',
      cause,
    });
  }
}

async function wrapNewKey(id: string): Promise<WrappedKey> {
  const usages = ['encrypt', 'decrypt'] as const;
  const wrapping = await subtle().generateKey({ name: 'AES-GCM', length: 256 }, false, usages);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = crypto.getRandomValues(new Uint8Array(32));
  const wrapped = await subtle().encrypt(algorithm(iv, id), wrapping, key);
  key.fill(0);
  return { wrapping, iv, wrapped };
}

async function unwrap({ wrapping, iv, wrapped }: WrappedKey, id: string): Promise<Uint8Array> {
  return new Uint8Array(await subtle().decrypt(algorithm(iv, id), wrapping, wrapped));
}

/** Bound to its owner: it opens for nobody else's. */
function algorithm(iv: Uint8Array<ArrayBuffer>, id: string): AesGcmParams {
  return { name: 'AES-GCM', iv, additionalData: new Uint8Array(utf8ToBytes(id)) };
}

function subtle(): SubtleCrypto {
  if (crypto.subtle !== undefined) return crypto.subtle;
  throw new DOMException('there is no cryptography on this page', 'NotSupportedError');
}
