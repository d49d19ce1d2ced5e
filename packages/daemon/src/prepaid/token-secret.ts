import { utf8ToBytes } from '@snetkit/core';

/** What the official daemon signs with unless told otherwise: everybody knows it (daemon.md 10.4, item 5). */
const knownSecrets: ReadonlySet<string> = new Set(['test-secret-key-at-least-32-bytes-long']);

/**
 * Why tokens signed with this secret could be forged, as the rest of the sentence "token_secret_key
 * ..."; undefined for a good one.
 */
export function describeWeakSecret(secret: string | undefined): string | undefined {
  if (secret === undefined) return 'is not set';
  if (utf8ToBytes(secret).length < 32) return 'is shorter than 32 bytes';
  if (knownSecrets.has(secret)) return 'is the default of the official daemon, which is public';
  return undefined;
}
