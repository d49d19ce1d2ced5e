import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesToHex, packClaimMessage, parseGroupId, stringifyJson } from '@snetkit/core';
import { type Etcd, startEtcd } from '@snetkit/etcd';
import { run } from '../../src/commands/run.ts';
import { createEtcdOfficialStore } from '../../src/official-state/etcd-official-store.ts';
import { type OfficialKeys, officialKeys } from '../../src/official-state/official-keys.ts';
import type { OfficialStore } from '../../src/official-state/official-store.ts';
import { payment, paymentChannelData } from '../../src/official-state/official-structs.ts';
import { connectRaw } from '../harness/grpc-call.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { createProvider, type Provider } from '../harness/provider.ts';
import type { FinishedRun } from '../shell/run-snetd.ts';
import { killStartedSnetd, type StartedSnetd, startSnetd } from '../shell/start-snetd.ts';

type Change = Readonly<Record<string, unknown>>;

/** A local network on which an official daemon has served: its state lies in a real etcd. */
export interface OfficialNetwork {
  readonly network: PaidNetwork;
  readonly etcd: Etcd;
  readonly official: OfficialStore;
  readonly keys: OfficialKeys;
  readonly directory: string;
  /** Writes a channel that exists on the chain as the official daemon would, signed by its client. */
  writeChannel(parts: { channelId: bigint; nonce?: bigint; amount: bigint }): Promise<void>;
  /** Writes a claim in progress. */
  writeClaim(parts: { channelId: bigint; nonce: bigint; amount: bigint }): Promise<void>;
  /** Writes a configuration file; each change has a name of its own. */
  writeConfig(name: string, change?: Change): Promise<string>;
  /** Runs a command in this process: starting one takes seconds on a busy machine. */
  run(args: readonly string[]): Promise<FinishedRun>;
  /** Starts a daemon on a store of the directory. */
  start(change?: Change): Promise<StartedSnetd>;
  /** The treasurer, before one of these daemons. */
  provider(daemon: StartedSnetd): Provider;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts it; no daemon of ours has its store. */
export async function startOfficialNetwork(): Promise<OfficialNetwork> {
  const directory = await mkdtemp(join(tmpdir(), 'snet-official-'));
  const [network, etcd] = await Promise.all([startPaidNetwork(), startEtcd()]);
  const { devnet, client } = network;
  const official = createEtcdOfficialStore({ endpoints: etcd.endpoints });
  const { mpe } = devnet.contracts;
  const groupId = parseGroupId(devnet.groupId);
  const config = (change: Change = {}): Change => ({
    ...devnet.daemonConfig,
    daemon_endpoint: '127.0.0.1:0',
    payment_channel_storage_path: join(directory, 'storage'),
    ...change,
  });
  const keys = officialKeys({
    network: String(config()['blockchain_network_selected']),
    organizationId: String(config()['organization_id']),
    groupId,
    mpe,
  });

  function sign(channelId: bigint, nonce: bigint, amount: bigint) {
    return client.signMessage(packClaimMessage({ mpe, channelId, nonce, amount }));
  }

  async function writeConfig(name: string, change?: Change): Promise<string> {
    const file = join(directory, name);
    await writeFile(file, stringifyJson(config(change)));
    return file;
  }

  return {
    network,
    etcd,
    official,
    keys,
    directory,
    writeConfig,
    async writeChannel({ channelId, nonce = 0n, amount }) {
      const value = paymentChannelData.encode({
        ChannelID: channelId,
        Nonce: nonce,
        State: 0n,
        Sender: client.address,
        Signer: client.address,
        Recipient: devnet.accounts.provider.address,
        GroupID: bytesToHex(groupId),
        FullAmount: devnet.price * 1_000n,
        Expiration: 100_000n,
        AuthorizedAmount: amount,
        Signature: amount === 0n ? new Uint8Array() : await sign(channelId, nonce, amount),
      });
      await official.put(keys.channel(channelId), value, 0n);
    },
    async writeClaim({ channelId, nonce, amount }) {
      const value = payment.encode({
        ...payment.zero,
        ChannelID: channelId,
        ChannelNonce: nonce,
        Amount: amount,
        Signature: await sign(channelId, nonce, amount),
      });
      await official.put(keys.claim(channelId, nonce), value, 0n);
    },
    run: runInside,
    start: (change) => startSnetd({ config: config(change), directory }),
    provider: ({ endpoint }) =>
      createProvider({
        ...network,
        async call(path, headers, body = new Uint8Array()) {
          const raw = await connectRaw(endpoint);
          try {
            return await raw.call(path, headers, body);
          } finally {
            await raw.close();
          }
        },
      }),
    async [Symbol.asyncDispose]() {
      killStartedSnetd();
      await official.close();
      await Promise.all([network.stop(), etcd.stop()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function runInside(args: readonly string[]): Promise<FinishedRun> {
  let stdout = '';
  let stderr = '';
  const code = await run(args, {
    env: {},
    print(line) {
      stdout += `${line}\n`;
    },
    warn(line) {
      stderr += `${line}\n`;
    },
  });
  return { code, stdout, stderr };
}
