import type { JsonObject } from '@snetkit/core';
import { connectRaw } from '../../harness/grpc-call.ts';
import { type PaidNetwork, startPaidNetwork } from '../../harness/paid-network.ts';
import { killStartedSnetd, type StartedSnetd, startSnetd } from '../../shell/start-snetd.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);

interface Payment {
  readonly channelId: bigint;
  readonly amount: bigint;
}

/** A local network whose daemons are started one by one. */
export interface Replicas {
  readonly network: PaidNetwork;
  /** Starts another one on a port of its own. */
  start(change?: JsonObject): Promise<StartedSnetd>;
  /** Pays one call of a replica; resolves with its gRPC status. */
  pay(replica: StartedSnetd, payment: Payment): Promise<number | undefined>;
  /** The same configuration as environment variables, for other commands. */
  environment(change?: JsonObject): Record<string, string>;
  stop(): Promise<void>;
}

/** Starts the network without a daemon; `config` is what all daemons have in common. */
export async function startReplicas(config: JsonObject): Promise<Replicas> {
  const network = await startPaidNetwork({ daemonCommand: undefined });
  const { devnet } = network;
  return {
    network,
    start: (change = {}) =>
      startSnetd({
        config: { ...devnet.daemonConfig, daemon_endpoint: '127.0.0.1:0', ...config, ...change },
        directory: devnet.directory,
      }),
    async pay(replica, payment) {
      const raw = await connectRaw(replica.endpoint);
      try {
        return (await raw.call(detect, await network.pay(payment), text)).status;
      } finally {
        await raw.close();
      }
    },
    environment: (change = {}) =>
      Object.fromEntries(
        Object.entries({ ...devnet.daemonConfig, ...config, ...change }).map(([name, value]) => [
          `SNET_${name.toUpperCase()}`,
          typeof value === 'object' ? JSON.stringify(value) : String(value),
        ]),
      ),
    async stop() {
      killStartedSnetd();
      await network.stop();
    },
  };
}
