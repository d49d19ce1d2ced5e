import { KV } from '../../gen/etcdserverpb/rpc_pb.ts';
import type { StoredEntry } from '../store.ts';
import type { EtcdClient } from './etcd-client.ts';

/** Entries read at a time. */
const pageSize = 256;

/**
 * All keys with the prefix, page by page, ascending: etcd sorts by key unless told otherwise. Each
 * page is a linearizable read of its own.
 *
 * @param skippedBytes - bytes of the key that the reader does not see
 */
export async function* listEtcd(
  client: EtcdClient,
  prefix: string,
  skippedBytes: number,
): AsyncGenerator<StoredEntry> {
  let key = Buffer.from(prefix);
  // 0xff occurs in no UTF-8 text.
  const rangeEnd = Buffer.concat([key, Buffer.of(0xff)]);
  for (;;) {
    const request = { key, rangeEnd, limit: BigInt(pageSize) };
    const { kvs, more } = await client.call(KV.method.range, request, { mayRepeat: true });
    for (const { key: bytes, value, modRevision: version } of kvs) {
      yield { key: Buffer.from(bytes).toString('utf8', skippedBytes), value, version };
    }
    const last = kvs.at(-1);
    if (last === undefined || !more) return;
    // The first key after the last one.
    key = Buffer.concat([last.key, Buffer.of(0)]);
  }
}
