import { createHmac } from 'node:crypto';
import type { Devnet } from '@snetkit/devnet';
import { tokenSecret } from './prepaid-client.ts';

/** Claims of a good token for a channel, as the official daemon writes them. */
export function goodClaims(devnet: Devnet, channelId: bigint): Record<string, unknown> {
  return {
    exp: Math.floor(Date.now() / 1000) + 3_600,
    groupId: devnet.groupId,
    orgId: devnet.organizationId,
    payload: `${channelId}`,
    userAddress: devnet.accounts.client.address,
  };
}

/** A token by hand, with the secret of the tests unless another is given. */
export function signToken(
  claims: unknown,
  { alg = 'HS256', secret = tokenSecret }: { alg?: string; secret?: string } = {},
): string {
  const parts = [{ alg, typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const signed = parts.join('.');
  const hash = `sha${alg.slice(-3)}`;
  const signature = alg.startsWith('HS') ? createHmac(hash, secret).update(signed).digest() : '';
  return `${signed}.${Buffer.from(signature).toString('base64url')}`;
}
