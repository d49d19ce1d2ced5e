import { bytesToBase64, hexToBytes } from '@snetkit/core';
import { loadConfig } from '../config/load.ts';
import { getDaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import type { ChannelRecord } from '../ledger/record.ts';
import { decodeChannelRecord } from '../ledger/record-codec.ts';
import { getTop } from '../ledger/top.ts';
import { openExistingStore } from '../serve/open-existing-store.ts';
import type { Command } from './command.ts';

/**
 * `snetd list channels`: one line for each channel in the store (daemon.md 6.5). Needs neither chain
 * nor metadata (but for an etcd that only the metadata name), and does not mind a daemon that runs.
 */
export const listChannels: Command = {
  async run({ options, env, print }) {
    const { config } = await loadConfig({ file: options['config'] as string | undefined, env });
    let count = 0;
    for await (const record of readChannels(config)) {
      count += 1;
      print(`${record.channelId}: ${formatChannel(record)}`);
    }
    if (count === 0) print('no channels in shared storage');
    return 0;
  },
};

/** How long chain and metadata may take, if they have to be asked where the store is. */
const patienceMs = 60_000;

/** The channels of the organization on its network, of every group that has its state in this store. */
async function* readChannels(config: Config): AsyncIterable<ChannelRecord> {
  const { chainId, mpe } = getDaemonNetwork(config);
  const organization = encodeURIComponent(config.organization_id);
  const store = await openExistingStore(config, 'snetkit/1', AbortSignal.timeout(patienceMs));
  if (store === undefined) return;
  try {
    const prefix = `${chainId}/${mpe.toLowerCase()}/${organization}/`;
    for await (const { key, value } of store.list(prefix)) {
      if (/^[^/]+\/channel\/\d+$/.test(key.slice(prefix.length))) {
        yield decodeChannelRecord(value, key);
      }
    }
  } finally {
    await store.close();
  }
}

const unknownAddress = `0x${'0'.repeat(40)}`;

function formatChannel(record: ChannelRecord): string {
  const { chain, channelId, nonce } = record;
  const { amount, signature } = getTop(record);
  const fields = {
    ChannelID: channelId,
    Nonce: nonce,
    State: 'Open',
    Sender: chain?.sender ?? unknownAddress,
    Recipient: chain?.recipient ?? unknownAddress,
    GroupId: chain === undefined ? '' : bytesToBase64(hexToBytes(chain.groupId as `0x${string}`)),
    FullAmount: chain?.value ?? 0n,
    Expiration: chain?.expiration ?? 0n,
    Signer: chain?.signer ?? unknownAddress,
    AuthorizedAmount: amount,
    Signature: bytesToBase64(signature),
  };
  return `{${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')}}`;
}
