import { BaseError } from '@snetkit/core';
import { KV } from '../../gen/etcdserverpb/rpc_pb.ts';
import { createCommitQueue } from '../commit-queue.ts';
import type { CommitItem, CommitOutcome, Store, StoredEntry } from '../store.ts';
import { scopedItem, scopedKey } from '../store-key.ts';
import { buildTransaction, readOutcomes } from './build-transaction.ts';
import { commitInOrder } from './commit-in-order.ts';
import { createReadQueue } from './create-read-queue.ts';
import { createEtcdClient } from './etcd-client.ts';
import type { EtcdClientOptions } from './etcd-options.ts';
import { keepsHistory } from './keeps-history.ts';
import { listEtcd } from './list-etcd.ts';
import { type EtcdOwner, openEtcdOwner } from './open-etcd-owner.ts';
import { readKeys } from './read-keys.ts';
import { splitBySize } from './split-by-size.ts';

/** Options of {@link openEtcdStore}. */
export interface EtcdStoreOptions extends EtcdClientOptions {
  /** Prefix of all keys; see `storeScope`. */
  readonly scope: string;
  /** Milliseconds after which a silent owner is dead for the others; 10,000 unless given. */
  readonly leaseMs?: number | undefined;
}

/** A store that follows its cluster to other endpoints. */
export interface EtcdStore extends Store {
  /**
   * Uses these endpoints from now on; nothing that runs is lost.
   *
   * @throws BaseError when none can be reached or they belong to another cluster; then nothing changes
   */
  setEndpoints(urls: readonly string[]): Promise<void>;
  /** Whether the cluster seems never to forget old revisions; see `keepsHistory`. */
  keepsHistory(): Promise<boolean>;
}

/** Transactions in flight at once; more wait. */
const maxParallel = 4;

/**
 * The store for several machines: an etcd v3 cluster. Versions are the revisions of the cluster.
 *
 * @throws BaseError `STORE_UNAVAILABLE` when no member answers
 */
export async function openEtcdStore(options: EtcdStoreOptions): Promise<EtcdStore> {
  const { scope, leaseMs = 10_000, requestTimeoutMs = 3_000 } = options;
  const client = createEtcdClient(options);
  const owners = new Set<EtcdOwner>();
  let closing: Promise<void> | undefined;
  const replicaKey = (id: string) => scopedKey(scope, `replica/${id}`);
  const unusedKey = scopedKey(scope, 'unused');

  try {
    // Also learns which cluster it is.
    await client.call(KV.method.range, readRequest(replicaKey('')), { mayRepeat: true });
  } catch (cause) {
    client.close();
    throw cause;
  }
  const queue = createCommitQueue({
    send: sendAll,
    timeoutMs: requestTimeoutMs,
    place: client.place,
  });

  function sendAll(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]> {
    return commitInOrder(items, async (part) => {
      const outcomes: CommitOutcome[] = [];
      const requests = splitBySize(part, 1);
      for (let from = 0; from < requests.length; from += maxParallel) {
        const sent = await Promise.all(requests.slice(from, from + maxParallel).map(send));
        outcomes.push(...sent.flat());
      }
      return outcomes;
    });
  }

  async function send(items: readonly CommitItem[]): Promise<readonly CommitOutcome[]> {
    const owner = currentOwner();
    try {
      const request = buildTransaction(items, { replicaKey, owner: owner?.id, unusedKey });
      const response = await client.call(KV.method.txn, request, { mayRepeat: false });
      const outcomes = readOutcomes(response, forsaken);
      if (outcomes.includes(forsaken)) owner?.forsake();
      return outcomes;
    } catch (cause) {
      return items.map(() => ({ outcome: 'unknown', cause }));
    }
  }

  const read = createReadQueue({ read: (keys) => readKeys(client, keys) });

  const forsaken: CommitOutcome = {
    outcome: 'unknown',
    cause: new BaseError('STORE_UNAVAILABLE', 'This replica lost its owner.', {
      place: client.place,
      found: 'its key is gone',
    }),
  };

  /** The one in whose name this process writes. */
  function currentOwner(): EtcdOwner | undefined {
    return [...owners].at(-1);
  }

  function assertOpen(): void {
    if (closing === undefined) return;
    throw new BaseError('STORE_CLOSED', 'The store is closed.', { place: client.place });
  }

  async function* list(prefix: string): AsyncGenerator<StoredEntry> {
    assertOpen();
    yield* listEtcd(client, scopedKey(scope, prefix), Buffer.byteLength(scope) + 1);
  }

  async function close(): Promise<void> {
    await queue.close();
    await Promise.all([...owners].map((owner) => owner.release()));
    owners.clear();
    client.close();
  }

  return {
    name: 'etcd',
    async get(key) {
      assertOpen();
      return read(scopedKey(scope, key));
    },
    list,
    async commit(items) {
      return queue.commit(items.map((item) => scopedItem(scope, item)));
    },
    async openOwner() {
      assertOpen();
      const owner = await openEtcdOwner({ client, leaseMs, replicaKey });
      owners.add(owner);
      owner.lost.addEventListener('abort', () => owners.delete(owner), { once: true });
      return {
        id: owner.id,
        get deadline() {
          return owner.deadline;
        },
        lost: owner.lost,
        async release() {
          owners.delete(owner);
          await owner.release();
        },
      };
    },
    async isOwnerAlive(id) {
      assertOpen();
      const request = { ...readRequest(replicaKey(id)), countOnly: true };
      const { count } = await client.call(KV.method.range, request, { mayRepeat: true });
      return count > 0n;
    },
    setEndpoints: (urls) => client.setEndpoints(urls),
    keepsHistory: () => keepsHistory(client, unusedKey),
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function readRequest(key: string): { key: Uint8Array } {
  return { key: Buffer.from(key) };
}
