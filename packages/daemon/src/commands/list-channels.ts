import { bytesToBase64, hexToBytes } from '@snetkit/core';
import { loadConfig } from '../config/load.ts';
import type { ChannelRecord } from '../ledger/record.ts';
import { decodeChannelRecord } from '../ledger/record-codec.ts';
import { getTop } from '../ledger/top.ts';
import type { Command } from './command.ts';
import { listOrganizationRecords } from './list-organization-records.ts';

/**
 * `snetd list channels`: one line for each channel in the store (daemon.md 6.5). Needs neither chain
 * nor metadata (but for an etcd that only the metadata name), and does not mind a daemon that runs.
 */
export const listChannels: Command = {
  async run({ options, env, print }) {
    const { config } = await loadConfig({ file: options['config'] as string | undefined, env });
    let count = 0;
    const isChannel = (key: string) => /^channel\/\d+$/.test(key);
    for await (const { key, value } of listOrganizationRecords(config, isChannel)) {
      const record = decodeChannelRecord(value, key);
      count += 1;
      print(`${record.channelId}: ${formatChannel(record)}`);
    }
    if (count === 0) print('no channels in shared storage');
    return 0;
  },
};

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
