import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  approve,
  createChainClient,
  deposit,
  openChannel,
  privateKeySigner,
} from '@snetkit/contracts';
import { bytesToHex, parseGroupId } from '@snetkit/core';
import { startDevnet } from '@snetkit/devnet';
import { createWallet } from '../client/wallet.ts';
import { createProvider } from '../provider/provider.ts';
import { startFlakyService } from '../service/flaky-service.ts';
import { createChainFaults } from './chain-faults.ts';
import { openEtcdSide } from './etcd-side.ts';
import { findPort } from './find-port.ts';
import { type Replica, startReplica } from './replica.ts';
import { startRpcProxy } from './rpc-proxy.ts';
import { openSqliteSide } from './sqlite-side.ts';
import type { StoreSide } from './store-side.ts';
import type { World } from './world.ts';

/** What a world stands on. */
export type StoreName = 'sqlite' | 'etcd1' | 'etcd3';

/** How a world is made. */
export interface StartWorldOptions {
  readonly store: StoreName;
  /** 2 unless given. */
  readonly replicas?: number;
  /** Runs the daemon from its source, without a build. */
  readonly fromSource?: boolean;
  /** Seconds until a dead owner is known to be dead, with etcd; 2 unless given. */
  readonly leaseSeconds?: number;
  /** Another launcher than that of this workspace. */
  readonly snetd?: string;
}

/** Cogs: small, so that one account pays for a million calls. */
const price = 10n ** 9n;

const daemonPackage = createRequire(import.meta.url).resolve('@snetkit/daemon/package.json');
const ownSnetd = join(dirname(daemonPackage), 'bin/snetd.js');

/** Starts everything; it dies with this process. */
export async function startWorld(options: StartWorldOptions): Promise<World> {
  const { store: name, replicas: count = 2, fromSource = false, snetd = ownSnetd } = options;
  const { leaseSeconds = 2 } = options;
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close().catch(() => {});
  };
  try {
    const service = await startFlakyService();
    closers.push(() => service.stop());
    const devnet = await startDevnet({ serviceEndpoint: service.endpoint, price });
    closers.push(() => devnet.stop());
    const rpc = await startRpcProxy(devnet.rpcUrl);
    closers.push(() => rpc.close());
    const store = await openStoreSide({
      name,
      directory: devnet.directory,
      replicas: count,
      leaseSeconds,
    });
    closers.push(() => store.stop());
    const command = [
      process.execPath,
      ...(fromSource ? ['--conditions=@snetkit/source'] : []),
      snetd,
    ];
    const replicas: Replica[] = [];
    for (let index = 0; index < count; index += 1) {
      const replica = await startReplica({
        name: `r${index}`,
        command,
        config: {
          ...devnet.daemonConfig,
          ethereum_json_rpc_http_endpoint: rpc.rpcUrl,
          chain_request_timeout: '4s',
          log: { level: 'info' },
          ...store.configOf(index),
        },
        directory: join(devnet.directory, `r${index}`),
        port: await findPort(),
      });
      closers.push(() => replica.stop());
      replicas.push(replica);
    }

    const client = createChainClient({ rpcUrl: devnet.rpcUrl });
    const signer = privateKeySigner(devnet.accounts.client.privateKey);
    const { mpe, token } = devnet.contracts;
    const total = price * 10_000_000n;
    await approve(client, signer, { token, spender: mpe, amount: total });
    await deposit(client, signer, { mpe, token, amount: total });
    const groupId = bytesToHex(parseGroupId(devnet.groupId));
    const chain = createChainFaults({ rpcUrl: devnet.rpcUrl, client, signer, mpe, token });
    const open = async (calls: number) => {
      const { channelId } = await openChannel(client, signer, {
        mpe,
        signer: signer.address,
        recipient: devnet.accounts.provider.address,
        groupId,
        amount: price * BigInt(calls),
        expiration: 10_000_000n,
      });
      return channelId;
    };
    return {
      kind: name === 'sqlite' ? 'sqlite' : 'etcd',
      devnet,
      service,
      replicas,
      rpc,
      chain,
      store,
      wallet: createWallet({ mpe, privateKey: devnet.accounts.client.privateKey }),
      provider: createProvider({
        chain: client,
        signer: privateKeySigner(devnet.accounts.provider.privateKey),
        wallet: createWallet({ mpe, privateKey: devnet.accounts.provider.privateKey }),
        mpe,
      }),
      price,
      openChannels: (many, calls) => Promise.all(Array.from({ length: many }, () => open(calls))),
      async heal() {
        rpc.mood = 'forward';
        service.isDown = false;
        for (const replica of replicas) {
          replica.wire.mood = 'pass';
          replica.thaw();
        }
        await store.heal();
        await Promise.all(replicas.map((replica) => replica.start()));
      },
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function openStoreSide(options: {
  name: StoreName;
  directory: string;
  replicas: number;
  leaseSeconds: number;
}): Promise<StoreSide> {
  const { name, directory, replicas, leaseSeconds } = options;
  if (name === 'sqlite') return openSqliteSide(directory);
  return await openEtcdSide({ members: name === 'etcd1' ? 1 : 3, replicas, leaseSeconds });
}
