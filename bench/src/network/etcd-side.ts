import type { JsonObject } from '@snetkit/core';
import type { Daemon } from '@snetkit/devnet';
import { startEtcd } from '@snetkit/etcd';
import type { LoadResult } from '../load/run-load.ts';
import { startProgram } from '../load/start-program.ts';

/** A daemon whose payments are in etcd, and etcd itself. */
export interface EtcdSide {
  readonly daemon: Daemon;
  /** Commits on as many keys at once straight to etcd; each next one on a key waits for the one before. */
  commit(load: { lanes: number; commits: number }): Promise<LoadResult>;
  /** Entries that the cluster has put into its log so far: a transaction is one, whatever it holds. */
  countProposals(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts one member, a daemon on it, and the program that measures it without a daemon. */
export async function startEtcdSide(options: {
  rateCommand: readonly string[];
  startDaemon(config: JsonObject): Promise<Daemon>;
}): Promise<EtcdSide> {
  const etcd = await startEtcd();
  const [endpoint = ''] = etcd.endpoints;
  const rate = startProgram<LoadResult>([...options.rateCommand, endpoint]);
  let daemon: Daemon | undefined;
  const stop = async () => {
    // It has an owner to release there.
    await daemon?.stop();
    rate.stop();
    await etcd.stop();
  };
  try {
    const started = await options.startDaemon({
      payment_channel_storage_type: 'etcd',
      payment_channel_storage_client: { endpoints: [endpoint] },
    });
    daemon = started;
    return {
      daemon: started,
      commit(load) {
        rate.tell(load);
        return rate.hear();
      },
      async countProposals() {
        const text = await (await fetch(`${endpoint}/metrics`)).text();
        return Number(/^etcd_server_proposals_committed_total (\S+)/m.exec(text)?.[1]);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
