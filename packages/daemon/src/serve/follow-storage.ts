import { isDeepStrictEqual } from 'node:util';
import type { ChainTimers } from '../chain/timers.ts';
import type { Logger } from '../observe/logger.ts';
import type { EtcdStore } from '../store/etcd/etcd-store.ts';
import { endpointsOf } from './read-etcd-options.ts';
import type { FoundStorage } from './read-payment-storage.ts';

/** Options of {@link followStorage}. */
export interface FollowStorageOptions {
  readonly store: Pick<EtcdStore, 'setEndpoints'>;
  /** What the store was opened with. */
  readonly found: FoundStorage;
  /** Reads the document if it is another one than the known. */
  readonly read: (knownUri: string) => Promise<FoundStorage | undefined>;
  /** Milliseconds between two looks at the Registry. */
  readonly intervalMs: number;
  readonly timers: ChainTimers;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

/**
 * Looks at the Registry now and then, and lets the store follow when the organization's document names
 * other members of its cluster. What cannot be followed (members that cannot be reached, another
 * cluster) changes nothing, is told once, and is tried again.
 */
export function followStorage(options: FollowStorageOptions): void {
  const { store, read, intervalMs, timers, signal, log } = options;
  let { uri, storage } = options.found;
  let endpoints = storage.endpoints;
  let told: string | undefined;

  function schedule(): void {
    const cancel = timers.after(intervalMs, () => {
      signal.removeEventListener('abort', cancel);
      void look().finally(() => {
        if (!signal.aborted) schedule();
      });
    });
    signal.addEventListener('abort', cancel, { once: true });
  }

  async function look(): Promise<void> {
    try {
      const found = await read(uri);
      if (found === undefined || signal.aborted) return;
      const next = endpointsOf(found.storage);
      if (!isDeepStrictEqual(next, endpoints)) {
        await store.setEndpoints(next);
        const hosts = next.map((text) => new URL(text).host);
        log.info({ event: 'storage', endpoints: hosts }, 'The store follows its new endpoints');
      }
      ({ uri, storage } = found);
      endpoints = next;
      told = undefined;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      if (signal.aborted || text === told) return;
      told = text;
      log.warn({ event: 'storage', error }, 'The store cannot follow the organization metadata');
    }
  }

  if (!signal.aborted) schedule();
}
