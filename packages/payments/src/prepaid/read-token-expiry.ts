import { base64ToBytes } from '@snetkit/core';

/**
 * When a prepaid token ends, in milliseconds since 1970, as it says itself; undefined when it does not.
 * Nobody relies on it: a token that the daemon refuses is asked for again.
 */
export function readTokenExpiry(token: string): number | undefined {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims: unknown = JSON.parse(new TextDecoder().decode(base64ToBytes(payload)));
    const seconds = (claims as { exp?: unknown } | null)?.exp;
    return typeof seconds === 'number' ? seconds * 1000 : undefined;
  } catch {
    return undefined;
  }
}
