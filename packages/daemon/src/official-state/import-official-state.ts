import { BaseError, bytesToHex } from '@snetkit/core';
import { planNextEpoch } from '../group/epoch.ts';
import { commitAll } from '../store/commit-all.ts';
import type { Store } from '../store/store.ts';
import type { ImportReport } from './import-plan.ts';
import { listChanges, type OfficialLife, observeOfficialStore } from './observe-official-store.ts';
import type { OfficialGroup } from './official-keys.ts';
import type { OfficialStore } from './official-store.ts';
import { type PlanImportOptions, planImport } from './plan-import.ts';
import { readOfficialState } from './read-official-state.ts';
import { refuseOfficialService, type ServiceWord } from './refuse-service.ts';

/** Options of {@link importOfficialState}. */
export interface ImportOptions
  extends ServiceWord,
    Omit<PlanImportOptions, 'get' | 'groupId' | 'onProgress'> {
  readonly source: OfficialStore;
  readonly target: Store;
  readonly group: OfficialGroup;
  readonly observeMs: number;
  /** Writes nothing. */
  readonly isDryRun: boolean;
  /** Goes on without the values that cannot be read. */
  readonly skipsDamaged: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told what happens, in words. */
  onProgress?(line: string): void;
}

/** What an import found and did, and whether a daemon seems to live. */
export interface ImportResult {
  readonly report: ImportReport;
  readonly life: OfficialLife;
}

/**
 * Takes the state of official daemons over into a store of ours. Running it again changes nothing, and
 * nothing that our store has is ever lowered. The official store is only read.
 *
 * @throws BaseError GROUP_IN_SERVICE, OFFICIAL_VALUE_INVALID, STATE_CONFLICT, or that a store cannot be
 *   read or written
 */
export async function importOfficialState(options: ImportOptions): Promise<ImportResult> {
  const { source, target, group, observeMs, isDryRun, skipsDamaged, signal } = options;
  const tell = options.onProgress ?? (() => {});
  tell(`Reading ${source.place}${observeMs > 0 ? `, watching it for ${observeMs / 1_000} s` : ''}`);
  const { state, life } = await observeOfficialStore({ store: source, group, observeMs, signal });
  // What a dry run finds may be looked at while everything serves.
  if (!isDryRun) {
    refuseOfficialService(life, source.place, options);
    refuseDamaged(state.damaged, skipsDamaged);
  }
  const { items, report } = await planImport(state, {
    ...options,
    groupId: bytesToHex(group.groupId),
    get: (key) => target.get(key),
    onProgress: (done) => tell(`${done} of ${state.channels.length} channels read`),
  });
  if (isDryRun) return { report, life };
  signal?.throwIfAborted();
  if (items.length > 0) {
    await commitAll(target, items, {
      onProgress: (done) => tell(`${done} of ${items.length} records written`),
    });
    await commitAll(target, [await planNextEpoch(target, { reason: 'import of official state' })]);
  }
  // Somebody may have started one meanwhile.
  const changed = listChanges(state, await readOfficialState(source, group));
  refuseOfficialService({ changed, heldLocks: [], sessions: [] }, source.place, options);
  return { report, life };
}

function refuseDamaged(
  damaged: readonly { key: string; reason: string }[],
  skipsDamaged: boolean,
): void {
  const [first] = damaged;
  if (first === undefined || skipsDamaged) return;
  throw new BaseError('OFFICIAL_VALUE_INVALID', 'Values of the official store cannot be read.', {
    place: first.key,
    found: damaged.length > 1 ? `${first.reason} (and ${damaged.length - 1} more)` : first.reason,
    hint: 'See all of them with --dry-run; import the others with --skip-damaged.',
  });
}
