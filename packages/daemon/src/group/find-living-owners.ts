import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '../store/store.ts';
import { decodeReplica, replicaPrefix } from './replica.ts';

/** A process that has the group's state in its hands. */
export interface LivingOwner {
  /** 16 bytes as hex. */
  readonly id: string;
  /** What it told of itself: `snetd of service translate on host-1, process 4711`. */
  readonly description: string;
}

/** Where to look. */
export interface FindLivingOwnersOptions {
  readonly store: Pick<Store, 'name' | 'list' | 'isOwnerAlive'>;
  /** Directory of an SQLite store: processes lock a file in it also before they register. */
  readonly directory?: string | undefined;
}

/**
 * The replicas of ours that live, by what no dead process can keep: locks of the kernel, leases of etcd.
 *
 * @throws BaseError when that cannot be found out
 */
export async function findLivingOwners(
  options: FindLivingOwnersOptions,
): Promise<readonly LivingOwner[]> {
  const { store } = options;
  const descriptions = new Map<string, string>();
  for (const id of await listOwnerIds(options)) {
    descriptions.set(
      id,
      'a snetd that has not registered (it starts, or serves another group from here)',
    );
  }
  for await (const { key, value } of store.list(replicaPrefix)) {
    const { serviceId, host, processId } = decodeReplica(value, key);
    const description = `snetd of service ${serviceId} on ${host}, process ${processId}`;
    descriptions.set(key.slice(replicaPrefix.length), description);
  }
  const living: LivingOwner[] = [];
  for (const [id, description] of descriptions) {
    if (await store.isOwnerAlive(id)) living.push({ id, description });
  }
  return living;
}

async function listOwnerIds({ store, directory }: FindLivingOwnersOptions): Promise<string[]> {
  if (store.name === 'sqlite' && directory !== undefined) {
    const files = await readdir(join(directory, 'owners')).catch(() => []);
    return files.flatMap((file) => /^([0-9a-f]{32})\.lock$/.exec(file)?.[1] ?? []);
  }
  const ids: string[] = [];
  for await (const { key } of store.list('replica/')) ids.push(key.slice('replica/'.length));
  return ids;
}
