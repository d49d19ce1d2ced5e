// What the tests of the delegate do in a page; bundled for it.
import type { Address } from '@snetkit/core';
import { recoverSigner } from '@snetkit/core';
import { openDelegateSigner } from '../src/browser/index.ts';

/** Address of the delegate, and of who signed a message with it. */
export async function open(owner: Address): Promise<readonly [Address, Address]> {
  const signer = await openDelegateSigner({ owner });
  const message = new Uint8Array([1, 2, 3]);
  const signature = await signer.signMessage(message);
  return [signer.address, recoverSigner({ message, signature })];
}

/** The error of a delegate that cannot be opened. */
export function failToOpen(owner: Address): Promise<string> {
  return openDelegateSigner({ owner }).then(
    () => 'no error',
    (error) => `${error.code}\n${error.message}`,
  );
}

/** What is stored, as far as a script can read it. */
export async function dump(): Promise<readonly Record<string, string>[]> {
  const request = indexedDB.open('snet-keys');
  await new Promise((resolve) => request.addEventListener('success', resolve));
  const all = request.result.transaction('values').objectStore('values').getAll();
  await new Promise((resolve) => all.addEventListener('success', resolve));
  request.result.close();
  return Promise.all(
    all.result.map(
      async ({ wrapping, wrapped }: { wrapping: CryptoKey; wrapped: ArrayBuffer }) => ({
        wrapping: await crypto.subtle.exportKey('raw', wrapping).then(
          () => 'readable',
          ({ name }) => name,
        ),
        wrapped: `${wrapped.byteLength} bytes`,
      }),
    ),
  );
}
