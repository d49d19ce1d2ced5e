/** One of several places where the same service listens. */
export interface Backend {
  readonly url: URL;
  /** Share of the calls that it gets; 0 for one that stands by until all others are down. */
  readonly weight: number;
  /** Whether it answered when it was asked last. */
  readonly isUp: boolean;
}

/** The places where a service listens. */
export interface Backends {
  readonly all: readonly Backend[];
  /**
   * Whose turn it is, by weight, among those that are up; one that is down only when no other is left.
   * @param tried these do not come into question any more
   */
  pick(tried?: ReadonlySet<Backend>): Backend | undefined;
  /** A connection to it failed: it gets no more calls until it is asked again and answers. */
  failed(backend: Backend, cause: unknown): void;
  close(): void;
}

/** What makes {@link Backends}. */
export interface BackendsOptions {
  readonly endpoints: readonly { readonly url: URL; readonly weight: number }[];
  /** Asks whether one is alive; a promise that is rejected says that it is not. */
  readonly check: (url: URL) => Promise<void>;
  /** Milliseconds from one question to the next. */
  readonly intervalMs: number;
  /** Told of each change. */
  readonly onChange?: (backend: Backend, cause?: unknown) => void;
}

interface Entry extends Backend {
  isUp: boolean;
  /** Grows by the weight each turn, and falls by all weights when it is its turn. */
  credit: number;
  isBeingChecked: boolean;
}

/**
 * Watches the places where a service listens and deals calls out among them (smooth weighted
 * round-robin). A single one is never asked: there is nowhere else to go.
 */
export function createBackends(options: BackendsOptions): Backends {
  const { check, intervalMs, onChange } = options;
  const all: readonly Entry[] = options.endpoints.map(({ url, weight }) => ({
    ...{ url, weight },
    isUp: true,
    credit: 0,
    isBeingChecked: false,
  }));
  let isClosed = false;

  function set(entry: Entry, isUp: boolean, cause?: unknown): void {
    if (entry.isUp === isUp || isClosed) return;
    entry.isUp = isUp;
    entry.credit = 0;
    onChange?.(entry, cause);
  }

  async function ask(entry: Entry): Promise<void> {
    if (entry.isBeingChecked) return;
    entry.isBeingChecked = true;
    try {
      await check(entry.url);
      set(entry, true);
    } catch (cause) {
      set(entry, false, cause);
    } finally {
      entry.isBeingChecked = false;
    }
  }

  const askAll = () => {
    for (const entry of all) void ask(entry);
  };
  const timer = all.length > 1 ? setInterval(askAll, intervalMs).unref() : undefined;
  if (timer !== undefined) askAll();

  return {
    all,
    pick(tried) {
      if (all.length === 1) return tried?.has(all[0] as Entry) ? undefined : all[0];
      const left = all.filter((entry) => tried?.has(entry) !== true);
      const up = left.filter(({ isUp }) => isUp);
      const active = up.filter(({ weight }) => weight > 0);
      return deal(active.length > 0 ? active : up.length > 0 ? up : left);
    },
    failed(backend, cause) {
      if (all.length > 1) set(backend as Entry, false, cause);
    },
    close() {
      isClosed = true;
      clearInterval(timer);
    },
  };
}

function deal(entries: readonly Entry[]): Entry | undefined {
  let total = 0;
  let best: Entry | undefined;
  for (const entry of entries) {
    // Of those that stand by, each is as good as the other.
    const weight = Math.max(entry.weight, 1);
    total += weight;
    entry.credit += weight;
    if (best === undefined || entry.credit > best.credit) best = entry;
  }
  if (best !== undefined) best.credit -= total;
  return best;
}
