/** Web3 secret storage, version 3: one private key, encrypted with a password. */
export interface Keystore {
  readonly version: 3;
  /** A UUID. */
  readonly id?: string | undefined;
  /** 40 hexadecimal digits; Foundry leaves it out. */
  readonly address?: string | undefined;
  readonly crypto: {
    readonly cipher: 'aes-128-ctr';
    readonly cipherparams: { readonly iv: string };
    readonly ciphertext: string;
    readonly kdf: 'scrypt' | 'pbkdf2';
    readonly kdfparams: Readonly<Record<string, unknown>>;
    readonly mac: string;
  };
}
