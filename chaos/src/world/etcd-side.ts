import { type EtcdMember, startEtcd } from '@snetkit/etcd';
import type { StoreSide } from './store-side.ts';
import { startTcpProxy } from './tcp-proxy.ts';

/** A real etcd; every replica reaches it over wires of its own. */
export async function openEtcdSide(options: {
  members: 1 | 3;
  replicas: number;
  leaseSeconds: number;
}): Promise<StoreSide> {
  const { members, replicas, leaseSeconds } = options;
  const etcd = await startEtcd({ members });
  const ports = etcd.endpoints.map((endpoint) => Number(new URL(endpoint).port));
  const wires = await Promise.all(
    Array.from({ length: replicas }, () => Promise.all(ports.map(startTcpProxy))),
  );
  return {
    name: members === 1 ? 'etcd, 1 member' : 'etcd, 3 members',
    path: undefined,
    leaseSeconds,
    configOf: (replica) => ({
      payment_channel_storage_type: 'etcd',
      payment_channel_storage_client: {
        endpoints: (wires[replica] ?? []).map(({ host }) => `http://${host}`),
        connection_timeout: '2s',
        request_timeout: '2s',
      },
      payment_channel_storage_lease: `${leaseSeconds}s`,
    }),
    wires,
    members: etcd.members,
    disk: undefined,
    async heal() {
      for (const wire of wires.flat()) wire.mood = 'pass';
      await Promise.all(etcd.members.map(revive));
    },
    async stop() {
      await Promise.all(wires.flat().map((wire) => wire.close()));
      await etcd.stop();
    },
  };
}

async function revive(member: EtcdMember): Promise<void> {
  if (member.pid === undefined) await member.restart();
  else await member.kill('SIGCONT');
}
