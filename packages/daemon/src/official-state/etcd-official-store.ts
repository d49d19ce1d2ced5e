import {
  Compare_CompareResult,
  Compare_CompareTarget,
  KV,
  Lease,
} from '../gen/etcdserverpb/rpc_pb.ts';
import { createEtcdClient } from '../store/etcd/etcd-client.ts';
import type { EtcdClientOptions } from '../store/etcd/etcd-options.ts';
import { listEtcd } from '../store/etcd/list-etcd.ts';
import type { OfficialStore } from './official-store.ts';

/** Time to live of an official daemon's session, in seconds (daemon.md 5.5). */
const sessionTtl = 10n;

/** The etcd of official daemons. Connects when it is first asked. */
export function createEtcdOfficialStore(options: EtcdClientOptions): OfficialStore {
  const client = createEtcdClient(options);

  async function isSession(ID: bigint): Promise<boolean> {
    const request = { ID, keys: true };
    const lease = await client.call(Lease.method.leaseTimeToLive, request, { mayRepeat: true });
    return lease.TTL > 0n && lease.grantedTTL === sessionTtl && lease.keys.length === 0;
  }

  return {
    get place() {
      return client.place;
    },
    list: (prefix) => listEtcd(client, prefix, 0),
    async put(key, value, version) {
      const bytes = Buffer.from(key);
      const put = { case: 'requestPut', value: { key: bytes, value } } as const;
      const { succeeded } = await client.call(
        KV.method.txn,
        {
          compare: [
            {
              key: bytes,
              target: Compare_CompareTarget.MOD,
              result: Compare_CompareResult.EQUAL,
              targetUnion: { case: 'modRevision', value: version },
            },
          ],
          success: [{ request: put }],
        },
        { mayRepeat: false },
      );
      return succeeded;
    },
    async listSessions() {
      const { leases } = await client.call(Lease.method.leaseLeases, {}, { mayRepeat: true });
      const sessions: string[] = [];
      for (const { ID } of leases) {
        if (await isSession(ID)) sessions.push(ID.toString(16));
      }
      return sessions;
    },
    async close() {
      client.close();
    },
  };
}
