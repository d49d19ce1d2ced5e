import { utf8ToBytes } from '@snetkit/core';
import { SignJWT } from 'jose';
import { checkClaims, describeOtherChannel } from './check-claims.ts';
import { type BelievedToken, createTokenCache } from './token-cache.ts';
import { expiredToken, verifyToken } from './verify-token.ts';

/** What a token says, or why it is not believed. */
export type TokenVerdict =
  /** Checksummed address of who asked for the token. */
  | { readonly payer: string }
  /** In the words of the official daemon. */
  | { readonly problem: string };

/** The tokens with which prepaid calls are made (daemon.md, section 3, last note). */
export interface PrepaidTokens {
  /** A new token for a channel, good for the configured time. */
  issue(options: { channelId: bigint; address: string }): Promise<string>;
  /** Whether a token is good for a channel now. Never throws; one seen before is judged at once. */
  verify(token: string, channelId: bigint): TokenVerdict | Promise<TokenVerdict>;
}

/** What tokens are made with. */
export interface PrepaidTokensOptions {
  /** At least 32 bytes; the same for all daemons of a group. */
  readonly secret: string;
  readonly organizationId: string;
  /** Base64 text. */
  readonly groupId: string;
  readonly lifetimeMinutes: number;
  /** Unix seconds. */
  now(): number;
}

/**
 * Tokens signed with a secret of the group (HS256). Tokens that were believed once are remembered, so
 * that a call costs a hash and two comparisons: that of the channel, and that of the time.
 */
export function createPrepaidTokens(options: PrepaidTokensOptions): PrepaidTokens {
  const { organizationId, groupId, lifetimeMinutes, now } = options;
  const secret = utf8ToBytes(options.secret);
  const believed = createTokenCache();

  async function verifyNew(token: string, channelId: bigint): Promise<TokenVerdict> {
    const verified = await verifyToken(token, { secret, now: now() });
    if ('problem' in verified) return verified;
    const { claims, expires } = verified;
    const verdict = checkClaims(claims, { channelId, organizationId, groupId });
    if ('payer' in verdict) believed.add(token, { channelId, payer: verdict.payer, expires });
    return verdict;
  }

  function verifyAgain(token: BelievedToken, channelId: bigint): TokenVerdict {
    if (token.expires <= now()) return { problem: expiredToken };
    if (token.channelId !== channelId) {
      return { problem: describeOtherChannel(token.channelId.toString()) };
    }
    return { payer: token.payer };
  }

  return {
    issue: ({ channelId, address }) =>
      new SignJWT({
        payload: channelId.toString(),
        userAddress: address,
        orgId: organizationId,
        groupId,
      })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setExpirationTime(now() + lifetimeMinutes * 60)
        .sign(secret),
    verify(token, channelId) {
      const known = believed.find(token);
      return known === undefined ? verifyNew(token, channelId) : verifyAgain(known, channelId);
    },
  };
}
