import { BaseError, parseAddress } from '@snetkit/core';
import type { JWTPayload } from 'jose';

/** What a token must have been made for. */
export interface ExpectedClaims {
  readonly channelId: bigint;
  readonly organizationId: string;
  /** Base64 text. */
  readonly groupId: string;
}

/**
 * Compares what a token with a good signature says with what it is used for, in the order and words of
 * the official daemon (daemon.md 4.3, step 3).
 */
export function checkClaims(
  claims: JWTPayload,
  expected: ExpectedClaims,
): { readonly payer: string } | { readonly problem: string } {
  const { payload, orgId, groupId, userAddress } = claims;
  if (textOf(payload) !== expected.channelId.toString()) {
    return { problem: describeOtherChannel(textOf(payload)) };
  }
  if (textOf(orgId) !== expected.organizationId) {
    return { problem: `organization ${textOf(orgId)} is not associated with this Daemon` };
  }
  if (textOf(groupId) !== expected.groupId) {
    return { problem: `groupId ${textOf(groupId)} is not associated with this Daemon` };
  }
  const payer = addressOf(userAddress);
  return payer === undefined ? { problem: 'token missing sender claim' } : { payer };
}

/** The token was made for the channel of this id, and used for another. */
export function describeOtherChannel(channelId: string): string {
  return `payload ${channelId} used to generate the Token doesnt match expected values`;
}

/** As Go prints it: numbers by their digits, what is missing as `<nil>`. */
function textOf(claim: unknown): string {
  if (claim === undefined || claim === null) return '<nil>';
  const text = typeof claim === 'object' ? JSON.stringify(claim) : String(claim);
  return text.length <= 200 ? text : `${text.slice(0, 200)}...`;
}

function addressOf(claim: unknown): string | undefined {
  if (typeof claim !== 'string') return undefined;
  try {
    return parseAddress(claim, { anyCase: true });
  } catch (fault) {
    if (fault instanceof BaseError) return undefined;
    throw fault;
  }
}
