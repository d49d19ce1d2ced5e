import type { CommitItem, CommitOutcome } from './store.ts';

/** What the driver brings along. */
export interface DeadOwnerOptions {
  readonly isOwnerAlive: (id: string) => boolean;
  readonly commit: (items: readonly CommitItem[]) => Promise<readonly CommitOutcome[]>;
}

/**
 * Commits the items whose `deadOwners` are dead. That is tested before the transaction, because the
 * dead stay dead.
 */
export async function commitWithDeadOwners(
  items: readonly CommitItem[],
  { isOwnerAlive, commit }: DeadOwnerOptions,
): Promise<readonly CommitOutcome[]> {
  const refused = items.map((item) => refuse(item, isOwnerAlive));
  const outcomes = await commit(items.filter((_, i) => refused[i] === undefined));
  let next = 0;
  return refused.map((outcome) => outcome ?? (outcomes[next++] as CommitOutcome));
}

function refuse(
  { deadOwners = [] }: CommitItem,
  isOwnerAlive: (id: string) => boolean,
): CommitOutcome | undefined {
  try {
    return deadOwners.some(isOwnerAlive) ? { outcome: 'conflict' } : undefined;
  } catch (cause) {
    return { outcome: 'unknown', cause };
  }
}
