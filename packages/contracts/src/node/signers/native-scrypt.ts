import { scrypt } from 'node:crypto';
import { portableScrypt, type Scrypt } from '../../signers/keystore/scrypt.ts';

/** Driver of `Scrypt` for Node: native, on another thread, several times as fast as the portable one. */
export const nativeScrypt: Scrypt = (options) => {
  const { password, salt, n, r, p, length } = options;
  // OpenSSL keeps to RFC 7914 here, the example of the keystore's own definition does not. It must not be
  // asked: after its refusal the next AES operation ends the whole process (Node 24.21).
  if (r < 4 && n >= 2 ** (16 * r)) return portableScrypt(options);
  return new Promise((resolve, reject) => {
    const maxmem = Math.min(128 * r * (n + p + 2) + 2 ** 20, 2 ** 31 - 1);
    scrypt(password, salt, length, { N: n, r, p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(new Uint8Array(key)),
    );
  });
};
