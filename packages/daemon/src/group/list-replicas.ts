import type { Store } from '../store/store.ts';
import { decodeReplica, type Replica, replicaPrefix } from './replica.ts';

/** A replica that is registered, by the owner in whose name it writes. */
export interface RegisteredReplica extends Replica {
  /** 16 bytes as hex. */
  readonly owner: string;
}

/**
 * The replicas of a group that live. Entries of dead ones, which had no time to remove them, are removed
 * by whoever comes by.
 *
 * @throws BaseError when the store cannot be read
 */
export async function listReplicas(
  store: Pick<Store, 'list' | 'commit' | 'isOwnerAlive'>,
): Promise<readonly RegisteredReplica[]> {
  const living: RegisteredReplica[] = [];
  for await (const { key, value, version } of store.list(replicaPrefix)) {
    const owner = key.slice(replicaPrefix.length);
    if (await store.isOwnerAlive(owner)) {
      living.push({ owner, ...decodeReplica(value, key) });
    } else {
      // Whether it applies does not matter: the next one comes by.
      await store.commit([{ checks: [{ key, version }], writes: [{ key, value: undefined }] }]);
    }
  }
  return living;
}
