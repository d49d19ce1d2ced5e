import type { ImportResult } from '../official-state/import-official-state.ts';
import type { SetAside } from '../official-state/read-official-state.ts';

/** An import's report as a person reads it, line by line. Amounts in cogs. */
export function formatImport(
  { report, life }: ImportResult,
  { isDryRun }: { isDryRun: boolean },
): readonly string[] {
  const { channels, claims, prepaid, freeCalls } = report;
  const done = isDryRun ? 'to write' : 'written';
  const tally = (one: { found: number; written: number; kept: number }) =>
    `${one.found} found, ${one.written} ${done}, ${one.kept} there already`;
  return [
    `Channels:         ${tally(channels)}`,
    `  to claim:       ${channels.unclaimed} channels, ${channels.unclaimedCogs} cogs`,
    `Claims:           ${tally(claims)}, ${claims.landed} on the chain already`,
    `  in progress:    ${claims.cogs} cogs`,
    `Prepaid:          ${tally(prepaid)}`,
    `  planned, used:  ${prepaid.plannedCogs}, ${prepaid.usedCogs} cogs`,
    `Free-call users:  ${tally(freeCalls)}, ${freeCalls.merged} other spellings`,
    `  calls made:     ${freeCalls.calls}`,
    `Locks held:       ${report.heldLocks.length}, not taken over`,
    ...report.heldLocks.map((name) => `  ${name}`),
    `Training records: ${report.models}, not taken over`,
    ...formatList('Conflicts, nothing written', report.conflicts),
    ...formatList('Damaged, not taken over', report.damaged),
    ...formatList('Doubtful, taken over', report.doubtful),
    ...formatList('Not known, not taken over', report.ignored),
    ...life.changed.map((key) => `An official daemon lives: ${key} changes`),
    ...life.sessions.map((id) => `An official daemon lives on this etcd: lease ${id}`),
  ];
}

function formatList(title: string, list: readonly SetAside[]): readonly string[] {
  if (list.length === 0) return [];
  return [`${title}: ${list.length}`, ...list.map(({ key, reason }) => `  ${key}: ${reason}`)];
}
