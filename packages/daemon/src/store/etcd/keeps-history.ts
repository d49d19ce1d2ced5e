import { BaseError } from '@snetkit/core';
import { KV } from '../../gen/etcdserverpb/rpc_pb.ts';
import type { EtcdClient } from './etcd-client.ts';

/** Revisions that any etcd may keep: some minutes of a busy daemon. */
const manyRevisions = 1_000_000n;

/**
 * Whether the cluster seems never to forget old revisions. Every commit is one; without compaction they
 * fill its space in days.
 *
 * @throws BaseError `STORE_UNAVAILABLE`
 */
export async function keepsHistory(
  client: EtcdClient,
  key: string,
  options: { many?: bigint } = {},
): Promise<boolean> {
  const { many = manyRevisions } = options;
  const range = { key: Buffer.from(key), countOnly: true };
  const { header } = await client.call(KV.method.range, range, { mayRepeat: true });
  const revision = (header?.revision ?? 0n) - many;
  if (revision <= 0n) return false;
  try {
    await client.call(KV.method.range, { ...range, revision }, { mayRepeat: true });
    return true;
  } catch (cause) {
    if (cause instanceof BaseError && /has been compacted$/.test(cause.found ?? '')) return false;
    throw cause;
  }
}
