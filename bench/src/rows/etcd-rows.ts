import type { EtcdSide } from '../network/etcd-side.ts';
import type { SignedChannel } from '../payments/signed-channel.ts';
import type { Row } from '../row.ts';
import { lanes, parallel } from './load-shape.ts';
import { manyChannelsRow } from './many-channels-row.ts';

/** Payments in etcd, and what etcd itself gives to the same client library. */
export function etcdRows(etcd: EtcdSide, channels: readonly SignedChannel[]): readonly Row[] {
  const { daemon } = etcd;
  const escrow = manyChannelsRow('etcd: escrow on 64 channels', { daemon, channels });
  return [
    {
      ...escrow,
      async run() {
        const before = await etcd.countProposals();
        const result = await escrow.run();
        const transactions = (await etcd.countProposals()) - before;
        const counts = { transactions, callsPerTransaction: parallel / transactions };
        return { ...result, counts };
      },
    },
    {
      name: 'etcd: conditional commits, 64 at once',
      inFlight: lanes,
      run: () => etcd.commit({ lanes, commits: parallel }),
    },
  ];
}
