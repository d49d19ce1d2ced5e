import type { CommitItem } from '../store.ts';

/** etcd's --max-txn-ops, unless its operator changed it. */
const maxOperations = 128;
/** Leaves room for what an item may need besides its own. */
const maxItems = 120;
/** etcd's --max-request-bytes is 1.5 MiB. */
const maxBytes = 2 ** 20;

/**
 * Cuts a list of items into parts that etcd takes as one transaction each. It counts the outer
 * operations (one for each item) and those of the largest item against one limit.
 *
 * @param extraChecks - comparisons that every item gets besides its own
 */
export function splitBySize(items: readonly CommitItem[], extraChecks: number): CommitItem[][] {
  const parts: CommitItem[][] = [];
  let part: CommitItem[] = [];
  let deepest = 0;
  let bytes = 0;
  for (const item of items) {
    const { checks, writes, deadOwners = [] } = item;
    const depth = Math.max(checks.length + deadOwners.length + extraChecks, writes.length);
    const size = sizeOf(item);
    const isFull =
      part.length >= maxItems ||
      part.length + 1 + Math.max(deepest, depth) > maxOperations ||
      bytes + size > maxBytes;
    if (part.length > 0 && isFull) {
      parts.push(part);
      part = [];
      deepest = 0;
      bytes = 0;
    }
    part.push(item);
    deepest = Math.max(deepest, depth);
    bytes += size;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}

/** Nearly what the item takes on the wire. */
function sizeOf({ checks, writes, deadOwners = [] }: CommitItem): number {
  let bytes = 100 * (checks.length + deadOwners.length + 1);
  for (const { key } of checks) bytes += key.length;
  for (const { key, value } of writes) bytes += 100 + key.length + (value?.length ?? 0);
  return bytes;
}
