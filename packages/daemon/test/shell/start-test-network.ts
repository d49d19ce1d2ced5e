import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Devnet, type StartDevnetOptions, startDevnet } from '@snetkit/devnet';
import { connectRaw, type GrpcAnswer } from '../harness/grpc-call.ts';
import { type FinishedRun, runSnetd } from './run-snetd.ts';
import {
  killStartedSnetd,
  type StartedSnetd,
  type StartSnetdOptions,
  startSnetd,
} from './start-snetd.ts';

/** Changes of the configuration. */
export type ConfigChange = Readonly<Record<string, unknown>>;

/** A local network, and daemons that are started on it one by one. */
export interface TestNetwork {
  readonly devnet: Devnet;
  /** Where the daemons have their files. */
  readonly directory: string;
  /** Writes the configuration of a daemon for a command; returns its path. */
  writeConfig(name: string, change?: ConfigChange): Promise<string>;
  /** Starts a daemon on a free port with a store of its own. */
  start(change?: ConfigChange, options?: Partial<StartSnetdOptions>): Promise<StartedSnetd>;
  /** Runs a daemon that is not expected to listen. */
  failStart(change: ConfigChange): Promise<FinishedRun>;
  stop(): Promise<void>;
}

/** Starts a local network without a daemon. */
export async function startTestNetwork(options: StartDevnetOptions = {}): Promise<TestNetwork> {
  const directory = await mkdtemp(join(tmpdir(), 'snetd-serve-'));
  const devnet = await startDevnet(options);
  const configOf = (change: ConfigChange) => ({
    ...devnet.daemonConfig,
    daemon_endpoint: '127.0.0.1:0',
    payment_channel_storage_path: join(directory, `storage-${Math.random()}`),
    ...change,
  });
  async function writeConfig(name: string, change: ConfigChange = {}): Promise<string> {
    const file = join(directory, name);
    await writeFile(file, JSON.stringify(configOf(change)));
    return file;
  }
  return {
    devnet,
    directory,
    writeConfig,
    start: (change = {}, options = {}) =>
      startSnetd({ config: configOf(change), directory, ...options }),
    async failStart(change) {
      const file = await writeConfig(`failing-${Math.random()}.json`, change);
      return runSnetd(['serve', '-c', file], { cwd: directory });
    },
    async stop() {
      killStartedSnetd();
      await devnet.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);

/** One call of the example service, over a connection of its own. */
export async function callDetect(
  endpoint: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<GrpcAnswer> {
  const raw = await connectRaw(endpoint);
  try {
    return await raw.call(detect, headers, text);
  } finally {
    await raw.close();
  }
}
