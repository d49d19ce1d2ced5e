import type { CounterRecord, Mark } from '../ledger/counter.ts';
import { encodeCounter } from '../ledger/counter-codec.ts';
import type { CommitOutcome } from '../store/store.ts';
import type { CounterCall } from './counter-call.ts';
import type { CounterPorts } from './counter-ports.ts';
import { type Backoff, createBackoff } from './create-backoff.ts';
import { type CounterSnapshot, readCounter } from './read-counter.ts';

/** More marks than this are looked through for dead owners. */
const fewMarks = 4;

/** What one write says, kept until it is known what became of it. */
interface Batch {
  readonly mark: Mark;
  readonly committed: readonly CounterCall[];
  readonly undone: readonly CounterCall[];
}

/**
 * The writes of one replica on one counter: one at a time, many calls in each (ledger.md, section 14).
 * A write of unknown outcome is sent again just as it was until its mark, or another version, tells.
 */
export class CounterWriter {
  readonly #key: string;
  readonly #ports: CounterPorts;
  readonly #calls: Set<CounterCall>;
  #cached: CounterSnapshot | undefined;
  #batch: Batch | undefined;
  #isInDoubt = false;
  #running: Promise<void> | undefined;
  #reading: Promise<CounterSnapshot> | undefined;
  #nextReading: Promise<CounterSnapshot> | undefined;
  readonly #backoff: Backoff;

  constructor(key: string, ports: CounterPorts, calls: Set<CounterCall>) {
    this.#key = key;
    this.#ports = ports;
    this.#backoff = createBackoff(ports.timers);
    this.#calls = calls;
  }

  /** The newest record known; not to be refused from. */
  get cached(): CounterRecord | undefined {
    return this.#cached?.record;
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** Calls of a write whose outcome is not known here, although the record has it already. */
  appliedIn(record: CounterRecord): readonly CounterCall[] {
    const batch = this.#batch;
    return batch !== undefined && this.#ports.rules.hasApplied(record, batch.mark)
      ? batch.committed
      : [];
  }

  /**
   * Reads the record now. Who comes while a read runs shares the next one.
   *
   * @throws BaseError when the store cannot be read
   */
  refresh(): Promise<CounterSnapshot> {
    if (this.#reading === undefined) {
      this.#reading = this.#readNow().finally(() => {
        this.#reading = undefined;
      });
      return this.#reading;
    }
    this.#nextReading ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#nextReading = undefined;
        return this.refresh();
      });
    return this.#nextReading;
  }

  /** Drops what is known; the calls are gone already. */
  forget(): void {
    this.#cached = undefined;
    this.#batch = undefined;
    this.#isInDoubt = false;
  }

  /** Sees to it that whatever waits for a write gets one. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Resolves when nothing runs any more. */
  async rest(): Promise<void> {
    await this.#running;
  }

  async #readNow(): Promise<CounterSnapshot> {
    return this.#adopt(await readCounter(this.#ports, this.#key));
  }

  #adopt(snapshot: CounterSnapshot): CounterSnapshot {
    if (this.#cached === undefined || snapshot.version >= this.#cached.version) {
      this.#cached = snapshot;
    }
    return this.#cached;
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
    if (this.#isInDoubt) return true;
    for (const { phase } of this.#calls) {
      if (phase === 'answered' || phase === 'undelivered' || phase === 'abandoned') return true;
    }
    return false;
  }

  async #writeOnce(): Promise<void> {
    let base: CounterSnapshot;
    const isFresh = this.#cached === undefined || this.#isInDoubt;
    try {
      base = isFresh || this.#cached === undefined ? await this.refresh() : this.#cached;
      if (base.record.marks.length > fewMarks) {
        await this.#ports.ownership.probe(base.record.marks.map(({ owner }) => owner));
      }
    } catch {
      // The calls give up by their own clocks; what is in doubt stays in doubt.
      await this.#backoff.pause();
      return;
    }
    if (this.#batch !== undefined && !this.#isStillOpen(this.#batch, base)) return;
    const batch = this.#batch ?? this.#plan(base.record, isFresh);
    if (batch === undefined) return;
    this.#batch = batch;
    const record = this.#ports.rules.changeCounter(
      base.record,
      { used: deltaOf(batch), mark: batch.mark },
      { isOwnerAlive: this.#ports.ownership.isAlive },
    );
    const outcome = await this.#commit(record, base);
    // Forsaken meanwhile: the calls are gone, and what is known is nothing.
    if (this.#batch !== batch) return;
    this.#conclude(batch, record, outcome);
    if (this.#isInDoubt) await this.#backoff.pause();
    else this.#backoff.reset();
  }

  /** Whether a write of unknown outcome must be sent again; when not, what became of it is told. */
  #isStillOpen(batch: Batch, { record, version }: CounterSnapshot): boolean {
    if (this.#ports.rules.hasApplied(record, batch.mark)) {
      this.#finish(batch);
      return false;
    }
    if (version === this.#doubtfulVersion) return true;
    // Another version without the mark: it can apply no more. Its calls are judged anew.
    this.#batch = undefined;
    this.#isInDoubt = false;
    return false;
  }

  #doubtfulVersion = 0n;

  /** Gathers what is ready; `undefined` when nothing can be written on this record. */
  #plan(record: CounterRecord, isFresh: boolean): Batch | undefined {
    const undone: CounterCall[] = [];
    const committed: CounterCall[] = [];
    const refused: CounterCall[] = [];
    let used = record.used;
    for (const call of this.#calls) {
      if (call.phase === 'undelivered') {
        undone.push(call);
        used -= call.charge.amount;
      }
    }
    for (const call of this.#calls) {
      // Not in any write that may have applied: there is nothing to take back.
      if (call.phase === 'abandoned') this.#calls.delete(call);
      if (call.phase !== 'answered') continue;
      const limit = call.charge.limitOf(record);
      if (limit !== undefined && used + call.charge.amount > limit) refused.push(call);
      else {
        committed.push(call);
        used += call.charge.amount;
      }
    }
    if (refused.length > 0 && !isFresh) {
      this.#cached = undefined; // never refuse from a cache
      return undefined;
    }
    for (const call of refused) {
      this.#calls.delete(call);
      call.phase = 'over';
      call.onCommit?.(call.charge.refuseOver(record));
    }
    if (committed.length === 0 && undone.length === 0) return undefined;
    const mark = { owner: this.#ports.ownership.owner().id, write: this.#ports.nextWrite() };
    return { mark, committed, undone };
  }

  async #commit(record: CounterRecord, base: CounterSnapshot): Promise<CommitOutcome> {
    const { counters, store } = this.#ports;
    if (this.#batch?.committed.length === 0) counters.otherWrites += 1;
    else counters.callCommits += 1;
    this.#doubtfulVersion = base.version;
    try {
      const [outcome] = await store.commit([
        {
          checks: [{ key: this.#key, version: base.version }],
          writes: [{ key: this.#key, value: encodeCounter(record) }],
        },
      ]);
      return outcome ?? { outcome: 'unknown', cause: undefined };
    } catch (cause) {
      return { outcome: 'unknown', cause };
    }
  }

  #conclude(batch: Batch, record: CounterRecord, outcome: CommitOutcome): void {
    if (outcome.outcome === 'applied') {
      this.#adopt({ record, version: outcome.version });
      this.#finish(batch);
    } else if (outcome.outcome === 'unknown') {
      this.#isInDoubt = true;
    } else if (!this.#isInDoubt) {
      this.#cached = undefined;
      this.#batch = undefined;
    }
    // A conflict of a write that was in doubt before says nothing of the first time: read and see.
  }

  /** The batch is in the store: tell everybody whom it concerns. */
  #finish(batch: Batch): void {
    this.#batch = undefined;
    this.#isInDoubt = false;
    for (const call of batch.undone) {
      this.#calls.delete(call);
      call.phase = 'over';
      call.onEnded?.();
    }
    for (const call of batch.committed) {
      if (call.phase === 'abandoned') call.phase = 'undelivered';
      if (call.phase !== 'answered') continue;
      call.phase = 'committed';
      call.onCommit?.(undefined);
    }
  }
}

function deltaOf({ committed, undone }: Batch): bigint {
  let delta = 0n;
  for (const { charge } of committed) delta += charge.amount;
  for (const { charge } of undone) delta -= charge.amount;
  return delta;
}
