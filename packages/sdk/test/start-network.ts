import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createGrpcTransport } from '@connectrpc/connect-node';
import {
  createChainClient,
  getBlockNumber,
  getChannel,
  privateKeySigner,
} from '@snetkit/contracts';
import { type Devnet, type StartDevnetOptions, startDevnet } from '@snetkit/devnet';
import { getChannelState, type VerifiedState, verifyChannelState } from '@snetkit/payments';
import { type ConfigOptions, createConfig, SnetEngine } from '../src/index.ts';

/** A local network with the real daemon, and what tests ask of it. */
export interface TestNetwork extends AsyncDisposable {
  readonly devnet: Devnet;
  /** An engine of one of the two clients, with a ledger of its own folder. */
  createEngine(options?: TestEngineOptions): SnetEngine;
  /** What the daemon knows of a channel of the client, verified. */
  askDaemon(channelId: bigint): Promise<VerifiedState>;
}

/** Whose engine, and what is different from the usual one. */
export interface TestEngineOptions extends Partial<ConfigOptions> {
  readonly as?: 'client' | 'secondClient';
}

const daemonPackage = createRequire(import.meta.url).resolve('@snetkit/daemon/package.json');

/** Starts a local network whose daemon is the real program. */
export async function startNetwork(options: StartDevnetOptions = {}): Promise<TestNetwork> {
  const devnet = await startDevnet({
    daemonCommand: [
      process.execPath,
      '--conditions=@snetkit/source',
      join(dirname(daemonPackage), 'bin/snetd.js'),
    ],
    ...options,
  });
  const engines: SnetEngine[] = [];
  return {
    devnet,
    createEngine({ as = 'client', ...config } = {}) {
      const engine = new SnetEngine(
        createConfig({
          network: networkOf(devnet),
          rpcUrl: devnet.rpcUrl,
          contentUrl: devnet.contentUrl,
          ledgerDirectory: join(devnet.directory, 'ledgers', as),
          accounts: [{ privateKey: devnet.accounts[as].privateKey }],
          ...config,
        }),
      );
      engines.push(engine);
      return engine;
    },
    askDaemon: (channelId) => askDaemon(devnet, channelId),
    async [Symbol.asyncDispose]() {
      await Promise.all(engines.map((engine) => engine.close()));
      await devnet.stop();
    },
  };
}

/** The definition of a local network, as a user would write it. */
export function networkOf({ chainId, contracts, token }: Devnet) {
  return {
    name: 'local',
    chainId,
    stands: [
      {
        name: 'local',
        token: token.symbol,
        tokenDecimals: token.decimals,
        multiPartyEscrow: contracts.mpe,
        registry: contracts.registry,
        tokenAddress: contracts.token,
      },
    ],
  };
}

async function askDaemon(devnet: Devnet, channelId: bigint): Promise<VerifiedState> {
  const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
  const { mpe } = devnet.contracts;
  const signer = privateKeySigner(devnet.accounts.provider.privateKey);
  const transport = createGrpcTransport({ baseUrl: devnet.endpoint });
  const channel = await getChannel(chain, { mpe, channelId });
  if (channel === undefined) throw new Error(`no channel ${channelId}`);
  const block = await getBlockNumber(chain);
  const reply = await getChannelState(transport, { mpe, channelId, signer, block });
  return verifyChannelState(reply, { ...channel, mpe, channelId });
}
