import type { PaymentRefusal } from '../call/payment-refusal.ts';
import { maxOrphanAgeSeconds, maxOrphans, pruneOrphans } from '../ledger/prune-orphans.ts';
import type { ChannelRecord } from '../ledger/record.ts';
import { encodeChannelRecord, encodeClaimRecord } from '../ledger/record-codec.ts';
import type { CommitOutcome } from '../store/store.ts';
import type { AccountPorts } from './account-ports.ts';
import { type Backoff, createBackoff } from './create-backoff.ts';
import { needsWrite, type OwnCall, wantsCommit } from './own-call.ts';
import { type PlannedRefusal, planWrite, type WritePlan } from './plan-write.ts';
import { channelKey, claimKey, type RecordSnapshot, readClaim, readRecord } from './read-record.ts';
import { refuseBusy, refuseIncome, refuseNonce } from './refusals.ts';

/** A write with the orphans that it drops. */
interface PrunedPlan extends WritePlan {
  readonly dropped?: number;
}

/**
 * The writes of one replica on one channel: one at a time; what becomes ready meanwhile shares the
 * next (ledger.md, section 4). Knows the last record, and whether a write of unknown outcome may
 * still apply: until the version is seen to have changed, nothing is concluded from a read alone.
 */
export class ChannelWriter {
  readonly #channelId: bigint;
  readonly #ports: AccountPorts;
  readonly #calls: Map<bigint, OwnCall>;
  readonly #onChange: () => void;
  #cached: RecordSnapshot | undefined;
  /** Version that a write of unknown outcome was conditional on. */
  #fence: bigint | undefined;
  #running: Promise<void> | undefined;
  #settleDue = false;
  readonly #backoff: Backoff;

  constructor(
    channelId: bigint,
    ports: AccountPorts,
    calls: Map<bigint, OwnCall>,
    onChange: () => void,
  ) {
    this.#channelId = channelId;
    this.#ports = ports;
    this.#backoff = createBackoff(ports.timers);
    this.#calls = calls;
    this.#onChange = onChange;
  }

  /** The newest record known; not to be refused from. */
  get cached(): RecordSnapshot | undefined {
    return this.#cached;
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Reads the record now; keeps whichever is newer, this or what an own write left meanwhile. */
  async refresh(): Promise<RecordSnapshot> {
    return this.adopt(await readRecord(this.#ports, this.#channelId));
  }

  /** Takes a record that was written or read; keeps whichever is newer. */
  adopt(snapshot: RecordSnapshot): RecordSnapshot {
    if (this.#cached === undefined || snapshot.version >= this.#cached.version) {
      this.#cached = snapshot;
    }
    return this.#cached;
  }

  /** Drops what is known; the calls are gone already. */
  forget(): void {
    this.#cached = undefined;
    this.#fence = undefined;
  }

  /** Sees to it that whatever waits for a write gets one. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Also writes the ends that would wait for the next call. */
  async settle(): Promise<void> {
    this.#settleDue = true;
    this.start();
    await this.#running;
  }

  async #run(): Promise<void> {
    // Calls that become ready in the same turn share the first write.
    await Promise.resolve();
    try {
      while (this.#hasWork()) await this.#writeOnce();
    } finally {
      this.#running = undefined;
    }
  }

  #hasWork(): boolean {
    for (const call of this.#calls.values()) {
      if (needsWrite(call) || (this.#settleDue && call.phase === 'handed')) return true;
    }
    this.#settleDue = false;
    return false;
  }

  async #writeOnce(): Promise<void> {
    const isFresh = this.#cached === undefined || this.#fence !== undefined;
    let base: RecordSnapshot;
    let plan: PrunedPlan;
    let isKept: boolean;
    try {
      base = this.#cached !== undefined && !isFresh ? this.#cached : await this.#read();
      await this.#probeTakeOvers(base);
      base = await this.#knowChain(base);
      isKept = await this.#hasClaim(base);
      plan = this.#plan(base);
    } catch {
      // The calls give up by their own clocks; what is in doubt stays in doubt.
      await this.#backoff.pause();
      return;
    }
    if (plan.refused.length > 0 && !isFresh) {
      this.#cached = undefined; // never refuse from a cache
      return;
    }
    const mustFence = this.#fence !== undefined && base.version === this.#fence;
    if (plan.record === base.record && !mustFence) {
      this.#fence = undefined;
      this.#cached = base;
      this.#finish(plan);
      return;
    }
    const outcome = await this.#commit(plan, base, { isKept });
    this.#apply(plan, base, outcome);
    const isStuck = outcome.outcome === 'conflict' && plan.deadOwners.length > 0;
    if (this.#fence !== undefined || isStuck) await this.#backoff.pause();
    else this.#backoff.reset();
  }

  /** What is known of the chain may have been dropped meanwhile: an empty record takes its nonce from it. */
  async #knowChain(base: RecordSnapshot): Promise<RecordSnapshot> {
    const { chain } = this.#ports;
    if (chain.peek(this.#channelId) !== undefined) return base;
    await chain.read(this.#channelId).catch(() => undefined);
    return base.version === 0n ? this.#read() : base;
  }

  /** Whether the claim is there that would be written when the chain is ahead of the record. */
  async #hasClaim({ record }: RecordSnapshot): Promise<boolean> {
    const chain = this.#ports.chain.peek(this.#channelId);
    if (chain === undefined || chain.nonce <= record.nonce) return false;
    return (await readClaim(this.#ports, this.#channelId, record.nonce)) !== undefined;
  }

  async #read(): Promise<RecordSnapshot> {
    this.#cached = undefined;
    return readRecord(this.#ports, this.#channelId);
  }

  #plan(base: RecordSnapshot): PrunedPlan {
    const plan = planWrite(base.record, this.#calls.values(), {
      owner: this.#ports.owner().id,
      chain: this.#ports.chain.peek(this.#channelId),
      isOwnerAlive: this.#ports.isOwnerAlive,
      rules: this.#ports.rules,
    });
    if (!mayHaveOldOrphans(plan.record, this.#ports.clock.earliest())) return plan;
    const { record, dropped } = pruneOrphans(plan.record, {
      now: this.#ports.clock.earliest(),
      isOwnerAlive: this.#ports.isOwnerAlive,
    });
    return dropped === 0 ? plan : { ...plan, record, dropped };
  }

  /** Asks about the owners of listed payments that a commit may have to take over. */
  async #probeTakeOvers({ record }: RecordSnapshot): Promise<void> {
    const me = this.#ports.owner().id;
    const foreign = record.entries.filter(({ owner }) => owner !== '' && owner !== me);
    if (foreign.length === 0) return;
    const isAsked =
      mayHaveOldOrphans(record, this.#ports.clock.earliest()) ||
      [...this.#calls.values()].some((call) => call.takesOver && wantsCommit(call));
    if (isAsked) await this.#ports.probeOwners(foreign.map(({ owner }) => owner));
  }

  async #commit(
    plan: WritePlan,
    base: RecordSnapshot,
    { isKept }: { isKept: boolean },
  ): Promise<CommitOutcome> {
    const key = channelKey(this.#channelId);
    const checks = [{ key, version: base.version }];
    const writes = [{ key, value: encodeChannelRecord(plan.record) }];
    if (plan.claim !== undefined && !isKept) {
      const claim = claimKey(this.#channelId, plan.claim.nonce);
      checks.push({ key: claim, version: 0n });
      writes.push({ key: claim, value: encodeClaimRecord(plan.claim) });
    }
    if (plan.committed.length > 0) this.#ports.counters.callCommits += 1;
    else this.#ports.counters.otherWrites += 1;
    try {
      const [outcome] = await this.#ports.store.commit([
        { checks, writes, deadOwners: plan.deadOwners },
      ]);
      return outcome ?? { outcome: 'unknown', cause: undefined };
    } catch (cause) {
      return { outcome: 'unknown', cause };
    }
  }

  #apply(plan: PrunedPlan, base: RecordSnapshot, outcome: CommitOutcome): void {
    if (outcome.outcome === 'applied') {
      this.#ports.counters.droppedOrphans += plan.dropped ?? 0;
      this.#fence = undefined;
      this.adopt({ record: plan.record, version: outcome.version });
      this.#finish(plan);
      return;
    }
    this.#cached = undefined;
    if (outcome.outcome === 'conflict') return;
    this.#fence = base.version;
    for (const call of plan.committed) if (wantsCommit(call)) call.phase = 'unknown';
  }

  /** The plan is what the store says now: tell everybody whom it concerns. */
  #finish({ committed, refused, ended, record }: WritePlan): void {
    for (const { call, phase } of ended) {
      if (call.phase !== phase) continue;
      this.#calls.delete(call.number);
      call.onEnded?.();
    }
    for (const call of committed) {
      // One that was given up meanwhile stays, to be taken back by the next write.
      if (!wantsCommit(call)) continue;
      call.phase = 'committed';
      call.onCommit?.(undefined);
    }
    for (const { call, reason } of refused) {
      if (!wantsCommit(call)) continue;
      this.#calls.delete(call.number);
      call.onCommit?.(this.#refusal({ call, reason }, record));
    }
    this.#onChange();
  }

  #refusal({ call, reason }: PlannedRefusal, record: ChannelRecord): PaymentRefusal {
    if (reason === 'nonce') return refuseNonce(record.nonce, call.payment.nonce);
    if (reason === 'busy') return refuseBusy(this.#channelId);
    return refuseIncome(record, call.payment);
  }
}

function mayHaveOldOrphans({ entries }: ChannelRecord, now: number): boolean {
  // Not the first: who takes an entry over dates it anew, in its place.
  const oldest = entries.reduce((least, { committedAt }) => Math.min(least, committedAt), now);
  return entries.length > maxOrphans || now - oldest > maxOrphanAgeSeconds;
}
