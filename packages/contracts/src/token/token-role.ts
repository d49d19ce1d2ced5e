import type { Hex } from '@snetkit/core';

/** What an account may do to a token besides holding it. */
export type TokenRole = 'admin' | 'minter' | 'pauser';

/** Each role as the token names it (`DEFAULT_ADMIN_ROLE`, keccak256 of `MINTER_ROLE`, `PAUSER_ROLE`). */
export const tokenRoles: Readonly<Record<TokenRole, Hex>> = {
  admin: '0x0000000000000000000000000000000000000000000000000000000000000000',
  minter: '0x9f2df0fed2c77648de5860a4cc508cd0818c85b8b8a1ab4ceeef8d981c8956a6',
  pauser: '0x65d7a28e3265b37a6474929f336521b332c1681b933f6cb9f3376673440d862a',
};
