import { scrypt } from 'node:crypto';
import type { Scrypt } from '../../signers/keystore/scrypt.ts';

/** Driver of `Scrypt` for Node: native, on another thread, several times as fast as the portable one. */
export const nativeScrypt: Scrypt = ({ password, salt, n, r, p, length }) =>
  new Promise((resolve, reject) => {
    const limits = { N: n, r, p, maxmem: 2 ** 31 };
    scrypt(password, salt, length, limits, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    );
  });
