import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { startTestChain, type TestChain } from '../../test/test-chain.ts';
import {
  getTokenRoleAdmin,
  getTokenRoleMembers,
  grantTokenRole,
  hasTokenRole,
  readContract,
  renounceTokenRole,
  revokeTokenRole,
  tokenContract,
  tokenRoles,
} from '../index.ts';

let chain: TestChain;
beforeAll(async () => {
  chain = await startTestChain();
});
afterAll(() => chain[Symbol.asyncDispose]());

describe('roles', () => {
  test('default: the names are those of the token', async () => {
    const { client, token: address } = chain;
    const read = (name: 'DEFAULT_ADMIN_ROLE' | 'MINTER_ROLE' | 'PAUSER_ROLE') =>
      readContract(client, { address, call: tokenContract.read(name, []) });
    expect(tokenRoles).toEqual({
      admin: await read('DEFAULT_ADMIN_ROLE'),
      minter: await read('MINTER_ROLE'),
      pauser: await read('PAUSER_ROLE'),
    });
    const role = { token: address, role: 'minter' } as const;
    expect(await getTokenRoleAdmin(client, role)).toBe(tokenRoles.admin);
  });

  test('default: given, taken, given up', async () => {
    const { client, token, payer, provider, delegate } = chain;
    const role = { token, role: 'minter' } as const;
    await grantTokenRole(client, payer, { ...role, account: provider.address });
    await grantTokenRole(client, payer, { ...role, account: delegate.address });
    const all = [payer.address, provider.address, delegate.address];
    expect(await getTokenRoleMembers(client, role)).toEqual(all);
    await revokeTokenRole(client, payer, { ...role, account: provider.address });
    await renounceTokenRole(client, delegate, role);
    expect(await hasTokenRole(client, { ...role, account: provider.address })).toBe(false);
    expect(await hasTokenRole(client, { ...role, account: payer.address })).toBe(true);
    expect(await getTokenRoleMembers(client, role)).toEqual([payer.address]);
  });

  test('error: by somebody who is no admin', async () => {
    const { client, token, provider } = chain;
    const options = { token, role: 'pauser', account: provider.address } as const;
    for (const [name, change] of [
      ['grant', grantTokenRole],
      ['revoke', revokeTokenRole],
    ] as const) {
      const { shortMessage, hint } = await failure(change(client, provider, options));
      expect([shortMessage, hint]).toEqual([
        `Token.${name}Role reverts: AccessControl: sender must be an admin to ${name}`,
        'send it from an account with the admin role',
      ]);
    }
  });
});
