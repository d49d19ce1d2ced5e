import type { ExportOfficialReport } from '../official-state/export-official-state.ts';

/** The report of an export to the official layout as a person reads it, line by line. */
export function formatOfficialExport(report: ExportOfficialReport): readonly string[] {
  const { channels, claims, prepaid, freeCallUsers, written, kept, loss, losing } = report;
  const { conflicts, heldLocks } = report;
  return [
    `${channels} channels, ${claims} claims, ${prepaid} prepaid, ${freeCallUsers} free-call users`,
    `${written} keys written, ${kept} there already`,
    `Lost: ${loss.open} cogs in open intervals, ${loss.credit} of credit, ${loss.unserved} of claims beyond what was served; ${loss.retries} retries`,
    ...losing.map((channelId) => `  channel/${channelId}`),
    ...(conflicts.length > 0 ? [`Conflicts, nothing written: ${conflicts.length}`] : []),
    ...conflicts.map(({ key, reason }) => `  ${key}: ${reason}`),
    `Locks held there: ${heldLocks.length}`,
    ...heldLocks.map((name) => `  ${name}`),
  ];
}
