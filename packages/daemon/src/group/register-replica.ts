import { BaseError } from '@snetkit/core';
import type { Ownership } from '../accounts/ownership.ts';
import type { Store } from '../store/store.ts';
import type { GroupWatch } from './group-watch.ts';
import { listReplicas, type RegisteredReplica } from './list-replicas.ts';
import { encodeReplica, type Replica, replicaPrefix } from './replica.ts';

/** Looks of the group watch between two sweeps of dead replicas, when none has come or gone. */
const sweepEvery = 10;

/** What {@link registerReplica} works with. */
export interface RegisterReplicaOptions {
  readonly store: Store;
  readonly ownership: Pick<Ownership, 'owner'>;
  readonly watch: Pick<GroupWatch, 'subscribe'>;
  readonly replica: Replica;
  /** Told of the replicas that live, this one included, whenever they have been looked at. */
  onReplicas?(living: readonly RegisteredReplica[]): void;
  /** Told of failures; a replica serves also while nobody can see that it does. */
  onFault(fault: unknown): void;
}

/** A replica that its group can see. */
export interface Registration {
  /** Takes the entry away. */
  close(): Promise<void>;
}

/**
 * Writes this replica into the store of its group under `serving/<owner>`, again whenever its owner
 * changed or a write failed, and removes the entries of replicas that died.
 */
export async function registerReplica(options: RegisterReplicaOptions): Promise<Registration> {
  const { store, ownership, watch, replica, onReplicas, onFault } = options;
  let known = '';
  let registered: string | undefined;
  let looks = 0;
  let running: Promise<void> | undefined;

  async function register(): Promise<void> {
    const owner = ownership.owner().id;
    if (owner === registered) return;
    const writes = [{ key: replicaPrefix + owner, value: encodeReplica(replica) }];
    const [result] = await store.commit([{ checks: [], writes }]);
    if (result?.outcome === 'applied') registered = owner;
  }

  /** Whether a replica lives costs a request each: they are asked after when the list has changed. */
  async function sweep(): Promise<void> {
    const seen = await listKeys();
    if (seen !== known || looks % sweepEvery === 0) {
      const living = await listReplicas(store);
      known = living.map(({ owner }) => owner).join();
      onReplicas?.(living);
    }
    looks += 1;
  }

  async function listKeys(): Promise<string> {
    const owners: string[] = [];
    for await (const { key } of store.list(replicaPrefix)) {
      owners.push(key.slice(replicaPrefix.length));
    }
    return owners.join();
  }

  async function refresh(): Promise<void> {
    try {
      await register();
      await sweep();
    } catch (fault) {
      // A store that is away is told of by the watch; the next look comes by.
      if (!(fault instanceof BaseError) || fault.code !== 'STORE_UNAVAILABLE') onFault(fault);
    }
  }

  function start(): Promise<void> {
    running ??= refresh().finally(() => {
      running = undefined;
    });
    return running;
  }

  await start();
  const unsubscribe = watch.subscribe(() => void start());
  return {
    async close() {
      unsubscribe();
      await running;
      if (registered === undefined) return;
      const key = replicaPrefix + registered;
      await store.commit([{ checks: [], writes: [{ key, value: undefined }] }]);
    },
  };
}
