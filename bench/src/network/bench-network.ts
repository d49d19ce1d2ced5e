import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { JsonObject } from '@snetkit/core';
import {
  type Daemon,
  type Devnet,
  deriveTestAccount,
  startDaemon,
  startDevnet,
} from '@snetkit/devnet';
import { type BenchUpstream, startUpstream } from '../load/start-upstream.ts';
import { type DelayedRpc, startDelayedRpc } from './delayed-rpc.ts';
import { type EtcdSide, startEtcdSide } from './etcd-side.ts';

/** What all rows run against: one service behind four daemons. */
export interface BenchNetwork {
  readonly devnet: Devnet;
  readonly upstream: BenchUpstream;
  /** Asks for no payment. */
  readonly unpaid: Daemon;
  /** Keeps payments in SQLite. */
  readonly paid: Daemon;
  /** The same, over a chain that can be made slow to answer. */
  readonly delayed: { readonly daemon: Daemon; readonly rpc: DelayedRpc };
  /** Keeps payments in etcd. */
  readonly etcd: EtcdSide;
  /** `snetd` as one file, when there is one: a daemon, and a configuration to start others with. */
  readonly single:
    | { readonly executable: string; readonly daemon: Daemon; readonly configFile: string }
    | undefined;
  /** Stops something else before the network. */
  keep(part: { stop(): unknown }): void;
  stop(): Promise<void>;
}

/** What {@link startBenchNetwork} needs. */
export interface BenchNetworkOptions {
  /** Program and arguments. */
  readonly daemonCommand: readonly string[];
  /** Program that measures etcd, and its arguments before the URL. */
  readonly rateCommand: readonly string[];
  /** Path of `snetd` as one file; without it nothing of that is measured. */
  readonly executable?: string | undefined;
  /** What to put before a command to keep it on one core. */
  pin(core: number): readonly string[];
  onProgress(text: string): void;
}

/** Machines under load start programs slowly. */
const startTimeoutMs = 120_000;
/** Cogs for each call: so little that the client can pay for many rounds. */
const price = 10n ** 13n;

/**
 * Starts the daemons on the first core and the upstream on the second, where the system can do that.
 * Each paid daemon has a store of its own, so that the same channels can pay them all.
 */
export async function startBenchNetwork(options: BenchNetworkOptions): Promise<BenchNetwork> {
  const { pin, onProgress } = options;
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const next of stops.splice(0).reverse()) await next();
  };
  try {
    const upstream = await startUpstream(pin(1));
    stops.push(upstream.stop);
    const command = [...pin(0), ...options.daemonCommand];
    const freeCallKey = deriveTestAccount(7);
    const devnet = await startDevnet({
      serviceEndpoint: upstream.endpoint,
      price,
      freeCalls: { calls: 1_000_000_000, signer: freeCallKey.address },
      daemonCommand: command,
      daemonConfig: {
        log: { level: 'warn' },
        token_secret_key: randomBytes(32).toString('base64url'),
        private_key_for_free_calls: freeCallKey.privateKey.slice(2),
        min_balance_for_free_call: 0,
      },
      onProgress: ({ step, status }) => status === 'started' && onProgress(step),
    });
    stops.push(devnet.stop);
    const { daemon: paid, daemonConfig, directory, rpcUrl } = devnet;
    if (paid === undefined) throw new Error('the network has no daemon');

    const start = async (
      name: string,
      config: JsonObject,
      program: readonly string[] = command,
    ): Promise<Daemon> => {
      onProgress(`daemon, ${name}`);
      const daemon = await startDaemon({
        command: program,
        config: { ...daemonConfig, daemon_endpoint: '127.0.0.1:0', ...config },
        directory: join(directory, name),
        timeoutMs: startTimeoutMs,
      });
      stops.push(daemon.stop);
      return daemon;
    };
    const startSingle = async (executable: string) => {
      const startOne = (name: string) =>
        start(name, { payment_channel_storage_path: join(directory, name, 'storage') }, [
          ...['env', 'MALLOC_ARENA_MAX=1', 'MALLOC_TRIM_THRESHOLD_=131072'],
          ...['MALLOC_MMAP_THRESHOLD_=131072', executable],
        ]);
      const daemon = await startOne('single');
      // Makes the store that the starts which are measured find.
      const other = await startOne('single-starts');
      await other.stop();
      return { executable, daemon, configFile: other.configFile };
    };
    const unpaid = await start('unpaid', { blockchain_enabled: false });
    const rpc = await startDelayedRpc({ rpcUrl });
    stops.push(rpc.stop);
    const delayedDaemon = await start('delayed', {
      ethereum_json_rpc_http_endpoint: rpc.rpcUrl,
      payment_channel_storage_path: join(directory, 'delayed', 'storage'),
    });
    const etcd = await startEtcdSide({
      rateCommand: [...pin(0), ...options.rateCommand],
      startDaemon: (config) => start('etcd', config),
    });
    stops.push(etcd.stop);
    const single =
      options.executable === undefined ? undefined : await startSingle(options.executable);
    return {
      devnet,
      upstream,
      unpaid,
      paid,
      delayed: { daemon: delayedDaemon, rpc },
      etcd,
      single,
      keep: (part) => void stops.push(() => part.stop()),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
