import { BaseError, equalBytes } from '@snetkit/core';
import { observeOfficialStore } from './observe-official-store.ts';
import { officialKeys } from './official-keys.ts';
import type { OfficialEntry, OfficialStore } from './official-store.ts';
import {
  type ExportSources,
  type OfficialExportPlan,
  planOfficialExport,
} from './plan-official-export.ts';
import { refuseOfficialService, type ServiceWord } from './refuse-service.ts';

/** Options of {@link exportOfficialState}. */
export interface ExportOfficialOptions extends ServiceWord, Omit<ExportSources, 'state'> {
  readonly target: OfficialStore;
  readonly observeMs: number;
  /** Writes nothing. */
  readonly isDryRun: boolean;
  /** Goes on although the official layout has no place for open intervals and credit. */
  readonly acceptsLoss: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** What an export to the official layout did. */
export interface ExportOfficialReport extends Omit<OfficialExportPlan, 'writes'> {
  readonly written: number;
  /** The official store had them already. */
  readonly kept: number;
  /** Locks that the official daemon will find held. */
  readonly heldLocks: readonly string[];
}

/**
 * Writes the state of a group back as the official daemon keeps it. Nothing that is there is lowered,
 * and it may be run again after a failure.
 *
 * @throws BaseError GROUP_IN_SERVICE, STATE_LOSSY, STATE_CONFLICT, CHANNEL_UNKNOWN, or that a store or
 *   the chain cannot be read or written
 */
export async function exportOfficialState(
  options: ExportOfficialOptions,
): Promise<ExportOfficialReport> {
  const { target, group, observeMs, isDryRun, acceptsLoss, signal } = options;
  const { state, life } = await observeOfficialStore({ store: target, group, observeMs, signal });
  if (!isDryRun) refuseOfficialService(life, target.place, options);
  const { writes, ...plan } = await planOfficialExport({ ...options, state });
  const heldLocks = state.heldLocks.map(({ name }) => name);
  if (isDryRun) return { ...plan, written: 0, kept: 0, heldLocks };
  if (!acceptsLoss) refuseLoss(plan);

  const existing = new Map<string, OfficialEntry>();
  for await (const entry of target.list(officialKeys(group).prefix)) existing.set(entry.key, entry);
  let written = 0;
  for (const { key, value } of writes) {
    signal?.throwIfAborted();
    const there = existing.get(key);
    if (there !== undefined && equalBytes(there.value, value)) continue;
    // Written since it was looked at, or since it was listed.
    const isUntouched = there?.version === state.versions.get(key);
    if (!isUntouched || !(await target.put(key, value, there?.version ?? 0n))) {
      throw new BaseError('STATE_CONFLICT', 'Somebody else wrote to the store meanwhile.', {
        place: key,
        hint: 'Stop every daemon of the group, and run the command again: it goes on where it stopped.',
      });
    }
    written += 1;
  }
  return { ...plan, written, kept: writes.length - written, heldLocks };
}

function refuseLoss({ loss, losing }: Pick<OfficialExportPlan, 'loss' | 'losing'>): void {
  if (losing.length === 0) return;
  const shown = losing.slice(0, 5).join(', ');
  const { open, credit, unserved } = loss;
  throw new BaseError(
    'STATE_LOSSY',
    'Clients would lose money: the official layout has no place for it.',
    {
      place: `channels ${losing.length > 5 ? `${shown} and ${losing.length - 5} more` : shown}`,
      found: `${open} cogs in open intervals, ${credit} cogs of credit, ${unserved} cogs of claims beyond what was served`,
    },
  );
}
