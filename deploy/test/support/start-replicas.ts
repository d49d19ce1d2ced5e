import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Daemon, type Devnet, findFreePort, startDaemon, startDevnet } from '@snetkit/devnet';
import { type Etcd, startEtcd } from '@snetkit/etcd';
import { getExecutable } from './get-executable.ts';

/** Two daemons of one group on one etcd, and the network around them. */
export interface Replicas {
  readonly devnet: Devnet;
  readonly etcd: Etcd;
  readonly daemons: readonly [Daemon, Daemon];
  /** `127.0.0.1:<port>` of each. */
  readonly hosts: readonly [string, string];
  /** For whatever a test writes. */
  readonly directory: string;
  stop(): Promise<void>;
}

/** Cogs for each call: so little that the client can pay for many. */
const price = 10n ** 12n;

/** Starts them; what a stop needs comes from the published example. */
export async function startReplicas(config: Readonly<Record<string, unknown>>): Promise<Replicas> {
  const directory = await mkdtemp(join(tmpdir(), 'snetd-deploy-'));
  const stops: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  const stop = async () => {
    for (const next of stops.splice(0).reverse()) await next();
  };
  try {
    const executable = await getExecutable();
    const devnet = await startDevnet({ price });
    stops.push(() => devnet.stop());
    const etcd = await startEtcd();
    stops.push(() => etcd.stop());
    const start = async (name: string): Promise<Daemon> => {
      const daemon = await startDaemon({
        command: [executable],
        timeoutMs: 120_000,
        directory: join(directory, name),
        config: {
          ...devnet.daemonConfig,
          ...config,
          daemon_endpoint: `127.0.0.1:${await findFreePort()}`,
          payment_channel_storage_type: 'etcd',
          payment_channel_storage_client: { endpoints: [...etcd.endpoints] },
          // A daemon that was killed counts as alive for so long.
          payment_channel_storage_lease: '2s',
        },
      });
      stops.push(() => daemon.stop());
      return daemon;
    };
    const first = await start('first');
    const second = await start('second');
    const hostOf = ({ endpoint }: Daemon) => new URL(endpoint).host;
    return {
      devnet,
      etcd,
      daemons: [first, second],
      hosts: [hostOf(first), hostOf(second)],
      directory,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
