import { freeCallKey, prepaidKey } from '../accounts/counter-key.ts';
import type { CounterRecord } from '../ledger/counter.ts';
import { decodeCounter, encodeCounter } from '../ledger/counter-codec.ts';
import type { CommitItem } from '../store/store.ts';
import type { ImportReport, Tally } from './import-plan.ts';
import { mergeCounter } from './merge-records.ts';
import type { ImportSources } from './plan-channel.ts';
import type { OfficialState } from './read-official-state.ts';

/**
 * Plans the import of the prepaid counters: what was refunded comes off what was used (daemon.md 5.6).
 *
 * @param report - takes the counts
 * @throws BaseError STORE_VALUE_INVALID, or that our store cannot be read
 */
export async function* planPrepaid(
  { prepaid }: Pick<OfficialState, 'prepaid'>,
  sources: Pick<ImportSources, 'get'>,
  report: ImportReport,
): AsyncGenerator<CommitItem> {
  for (const [channelId, { U, P, R }] of prepaid) {
    const used = U > R ? U - R : 0n;
    report.prepaid.found += 1;
    report.prepaid.plannedCogs += P;
    report.prepaid.usedCogs += used;
    const counter = { key: prepaidKey(channelId), planned: P, used };
    yield* planCounter(counter, sources, report.prepaid);
  }
}

/**
 * Plans the import of free calls. One wallet has one quota here, however it was spelled: the calls of
 * all its spellings were made, so they are added up.
 *
 * @param report - takes the counts
 * @throws BaseError STORE_VALUE_INVALID, or that our store cannot be read
 */
export async function* planFreeCalls(
  { freeCallUsers }: Pick<OfficialState, 'freeCallUsers'>,
  sources: Pick<ImportSources, 'get'>,
  report: ImportReport,
): AsyncGenerator<CommitItem> {
  const users = new Map<string, bigint>();
  for (const { Address: address, UserID: userId, ServiceId: serviceId, ...user } of freeCallUsers) {
    const key = freeCallKey({ serviceId, address, userId });
    report.freeCalls.found += 1;
    report.freeCalls.calls += user.FreeCallsMade;
    if (users.has(key)) report.freeCalls.merged += 1;
    users.set(key, (users.get(key) ?? 0n) + user.FreeCallsMade);
  }
  for (const [key, used] of users) {
    yield* planCounter({ key, planned: 0n, used }, sources, report.freeCalls);
  }
}

async function* planCounter(
  { key, ...imported }: Pick<CounterRecord, 'planned' | 'used'> & { key: string },
  sources: Pick<ImportSources, 'get'>,
  tally: Tally,
): AsyncGenerator<CommitItem> {
  const stored = await sources.get(key);
  const merged = mergeCounter(stored && decodeCounter(stored.value, key), imported);
  if (merged.action !== 'write') {
    tally.kept += 1;
    return;
  }
  tally.written += 1;
  yield {
    checks: [{ key, version: stored?.version ?? 0n }],
    writes: [{ key, value: encodeCounter(merged.record) }],
  };
}
