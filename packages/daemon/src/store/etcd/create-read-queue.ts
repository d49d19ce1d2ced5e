import type { Versioned } from '../store.ts';

/** Options of {@link createReadQueue}. */
export interface ReadQueueOptions {
  /** Reads the keys in one linearizable request; the answers in the same order. */
  readonly read: (keys: readonly string[]) => Promise<readonly (Versioned | undefined)[]>;
}

interface Reader {
  readonly key: string;
  resolve(entry: Versioned | undefined): void;
  reject(cause: unknown): void;
}

/** Requests in flight at once; who comes meanwhile shares the next one. */
const maxRunning = 4;
/** Keys in one request; etcd allows 128 operations. */
const maxKeys = 120;

/**
 * Gathers concurrent reads into few requests. A read joins only a request that is sent after it was
 * asked for, so it sees everything that was applied by then.
 */
export function createReadQueue({
  read,
}: ReadQueueOptions): (key: string) => Promise<Versioned | undefined> {
  let waiting: Reader[] = [];
  let running = 0;
  let isScheduled = false;

  function start(): void {
    isScheduled = false;
    while (waiting.length > 0 && running < maxRunning) {
      const readers = waiting.slice(0, maxKeys);
      waiting = waiting.slice(maxKeys);
      running += 1;
      void run(readers);
    }
  }

  async function run(readers: readonly Reader[]): Promise<void> {
    try {
      const keys = [...new Set(readers.map(({ key }) => key))];
      const entries = await read(keys);
      const found = new Map(keys.map((key, i) => [key, entries[i]]));
      for (const { key, resolve } of readers) resolve(copy(found.get(key)));
    } catch (cause) {
      for (const { reject } of readers) reject(cause);
    } finally {
      running -= 1;
      start();
    }
  }

  return (key) =>
    new Promise((resolve, reject) => {
      waiting.push({ key, resolve, reject });
      if (isScheduled) return;
      isScheduled = true;
      // Readers of the same turn share the request.
      queueMicrotask(start);
    });
}

/** Each reader may do with its value what it likes. */
function copy(entry: Versioned | undefined): Versioned | undefined {
  return entry && { value: new Uint8Array(entry.value), version: entry.version };
}
