import { FreeCallRefusal } from './refusal.ts';

/** Longest user id, in bytes of its percent-encoded form: it is a part of a store key. */
const maxBytes = 1_024;

/**
 * Makes sure that a user id can be counted for. Only signers that the provider trusts may have any.
 *
 * @throws FreeCallRefusal
 */
export function assertUserId(userId: string): void {
  if (userId.isWellFormed() && encodeURIComponent(userId).length <= maxBytes) return;
  throw new FreeCallRefusal('signature', `the user_id of ${userId.length} characters is too long`);
}
