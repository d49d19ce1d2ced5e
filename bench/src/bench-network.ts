import { join } from 'node:path';
import {
  createChainClient,
  depositAndOpenChannel,
  getBlockNumber,
  privateKeySigner,
} from '@snetkit/contracts';
import { bytesToHex, parseGroupId } from '@snetkit/core';
import { type Daemon, type Devnet, startDaemon, startDevnet } from '@snetkit/devnet';
import { type SignedChannel, signedChannel } from './load/signed-channel.ts';
import { type BenchUpstream, startUpstream } from './load/start-upstream.ts';

/** What all rows run against: one service, one daemon that is paid, one that is not. */
export interface BenchNetwork {
  readonly devnet: Devnet;
  readonly upstream: BenchUpstream;
  readonly paid: Daemon;
  readonly unpaid: Daemon;
  /** Opens channels, each with money for so many calls. */
  openChannels(calls: readonly number[]): Promise<readonly SignedChannel[]>;
  stop(): Promise<void>;
}

/**
 * Starts both daemons on the first core and everything else on the second, where the system can do
 * that.
 */
export async function startBenchNetwork(options: {
  daemonCommand: readonly string[];
  pin(core: number): readonly string[];
  onProgress(text: string): void;
}): Promise<BenchNetwork> {
  const upstream = await startUpstream(options.pin(1));
  const command = [...options.pin(0), ...options.daemonCommand];
  const devnet = await startDevnet({
    serviceEndpoint: upstream.endpoint,
    daemonCommand: command,
    daemonConfig: { log: { level: 'warn' } },
    onProgress: ({ step, status }) => status === 'started' && options.onProgress(step),
  });
  const { daemon: paid } = devnet;
  if (paid === undefined) throw new Error('the network has no daemon');
  const unpaid = await startDaemon({
    command,
    config: { ...devnet.daemonConfig, blockchain_enabled: false, daemon_endpoint: '127.0.0.1:0' },
    directory: join(devnet.directory, 'unpaid'),
  });

  async function openChannels(calls: readonly number[]): Promise<readonly SignedChannel[]> {
    const { contracts, accounts, price } = devnet;
    const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
    const signer = privateKeySigner(accounts.client.privateKey);
    const block = await getBlockNumber(chain);
    const channels: SignedChannel[] = [];
    for (const count of calls) {
      const { channelId } = await depositAndOpenChannel(chain, signer, {
        mpe: contracts.mpe,
        token: contracts.token,
        signer: signer.address,
        recipient: accounts.provider.address,
        groupId: bytesToHex(parseGroupId(devnet.groupId)),
        amount: price * BigInt(count),
        expiration: block + 1_000_000n,
      });
      channels.push(
        signedChannel({
          mpe: contracts.mpe,
          channelId,
          price,
          privateKey: accounts.client.privateKey,
        }),
      );
    }
    return channels;
  }

  return {
    devnet,
    upstream,
    paid,
    unpaid,
    openChannels,
    async stop() {
      await unpaid.stop();
      await devnet.stop();
      upstream.stop();
    },
  };
}
