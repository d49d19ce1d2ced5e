import type { CommitItem, CommitOutcome } from '../store.ts';

/** What is known of keys from the outcomes of earlier items. */
interface Known {
  /** Version that an applied item gave to a key; `0n`: it deleted it. */
  readonly versions: Map<string, bigint>;
  /** Checks, as `version key`, that did not hold. */
  readonly disproved: Set<string>;
}

/**
 * Commits items as if one after the other. etcd compares everything in a transaction before it writes
 * anything, and refuses to write a key twice; so an item that checks or writes a key of an earlier one
 * waits for that one's outcome. Whoever must lose against it then is not sent at all.
 *
 * @param send - commits items without a key in common, each with an outcome of its own
 */
export async function commitInOrder(
  items: readonly CommitItem[],
  send: (items: readonly CommitItem[]) => Promise<readonly CommitOutcome[]>,
): Promise<readonly CommitOutcome[]> {
  const known: Known = { versions: new Map(), disproved: new Set() };
  const outcomes: CommitOutcome[] = [];
  while (outcomes.length < items.length) {
    const next = items[outcomes.length];
    if (next !== undefined && mustLose(next, known)) {
      outcomes.push({ outcome: 'conflict' });
      continue;
    }
    const part = takePart(items, outcomes.length);
    const sent = await send(part);
    part.forEach((item, i) => {
      const outcome = sent[i] ?? { outcome: 'unknown', cause: 'no outcome' };
      learn(item, outcome, known);
      outcomes.push(outcome);
    });
  }
  return outcomes;
}

function takePart(items: readonly CommitItem[], from: number): CommitItem[] {
  const part: CommitItem[] = [];
  const written = new Set<string>();
  for (let i = from; i < items.length; i += 1) {
    const item = items[i] as CommitItem;
    const touches = ({ key }: { readonly key: string }) => written.has(key);
    if (item.checks.some(touches) || item.writes.some(touches)) break;
    part.push(item);
    for (const { key } of item.writes) written.add(key);
  }
  return part;
}

function mustLose({ checks }: CommitItem, { versions, disproved }: Known): boolean {
  return checks.some(({ key, version }) => {
    const current = versions.get(key);
    if (current !== undefined) return current !== version;
    return disproved.has(`${version} ${key}`);
  });
}

function learn(item: CommitItem, { outcome, ...rest }: CommitOutcome, known: Known): void {
  const { checks, writes, deadOwners = [] } = item;
  if (outcome === 'applied' && 'version' in rest) {
    for (const { key, value } of writes) {
      known.versions.set(key, value === undefined ? 0n : rest.version);
    }
  }
  const [only] = checks;
  if (outcome === 'conflict' && checks.length === 1 && deadOwners.length === 0 && only) {
    known.disproved.add(`${only.version} ${only.key}`);
  }
}
