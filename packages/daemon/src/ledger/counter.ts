/** Number of an owner's last applied write (ledger.md, section 14). */
export interface Mark {
  /** Lower-case hex of 16 bytes. */
  readonly owner: string;
  readonly write: bigint;
}

/** What was bought beforehand, and what of it is used: prepaid cogs, or free calls. */
export interface CounterRecord {
  /** Cogs; `0n` for free calls. */
  readonly planned: bigint;
  /** Cogs, or calls. */
  readonly used: bigint;
  readonly marks: readonly Mark[];
}

/** A counter that nobody has used. */
export const emptyCounter: CounterRecord = { planned: 0n, used: 0n, marks: [] };

/** Whether an owner's write has applied: a later one of the same owner says so as well. */
export function hasApplied(record: CounterRecord, { owner, write }: Mark): boolean {
  return record.marks.some((mark) => mark.owner === owner && mark.write >= write);
}

/** One write of an owner. */
export interface CounterChange {
  /** Added to `used`: positive for calls that commit, negative for calls that are taken back. */
  readonly used: bigint;
  readonly mark: Mark;
}

/** The record after a write. Marks of dead owners go: nobody will ask for them. */
export function changeCounter(
  record: CounterRecord,
  { used, mark }: CounterChange,
  { isOwnerAlive }: { isOwnerAlive(owner: string): boolean },
): CounterRecord {
  const others = record.marks.filter(({ owner }) => owner !== mark.owner && isOwnerAlive(owner));
  const next = record.used + used;
  return { ...record, used: next > 0n ? next : 0n, marks: [...others, mark] };
}
