import { formatGroupId } from '@snetkit/core';

/** Makes a group id: 32 random bytes in base64. */
export function createGroupId(): string {
  return formatGroupId(crypto.getRandomValues(new Uint8Array(32)));
}
