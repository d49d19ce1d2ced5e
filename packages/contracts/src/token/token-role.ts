import { bytesToHex, type Hex, keccak256, utf8ToBytes } from '@snetkit/core';

/** What an account may do to a token besides holding it. */
export type TokenRole = 'admin' | 'minter' | 'pauser';

const hash = (name: string): Hex => bytesToHex(keccak256(utf8ToBytes(name)));

/** Each role as the token names it (`DEFAULT_ADMIN_ROLE`, `MINTER_ROLE`, `PAUSER_ROLE`): 32 bytes. */
export const tokenRoles: Readonly<Record<TokenRole, Hex>> = {
  admin: `0x${'00'.repeat(32)}`,
  minter: hash('MINTER_ROLE'),
  pauser: hash('PAUSER_ROLE'),
};
