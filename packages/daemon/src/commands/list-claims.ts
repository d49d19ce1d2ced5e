import { bytesToBase64 } from '@snetkit/core';
import { loadConfig } from '../config/load.ts';
import type { ClaimRecord } from '../ledger/record.ts';
import { decodeClaimRecord } from '../ledger/record-codec.ts';
import type { Command } from './command.ts';
import { listOrganizationRecords } from './list-organization-records.ts';

/**
 * `snetd list claims`: one line for each claim in the store (daemon.md 6.5). Like the official daemon's,
 * the list does not tell the escrow contract; it is the configured one.
 */
export const listClaimsCommand: Command = {
  async run({ options, env, print }) {
    const { config } = await loadConfig({ file: options['config'] as string | undefined, env });
    let count = 0;
    const isClaim = (key: string) => /^claim\/\d+\/\d+$/.test(key);
    for await (const { key, value } of listOrganizationRecords(config, isClaim)) {
      count += 1;
      print(formatClaim(decodeClaimRecord(value, key)));
    }
    if (count === 0) print('no claims in shared storage');
    return 0;
  },
};

function formatClaim({ channelId, nonce, amount, signature }: ClaimRecord): string {
  const fields = {
    MpeContractAddress: `0x${'0'.repeat(40)}`,
    ChannelID: channelId,
    ChannelNonce: nonce,
    Amount: amount,
    Signature: bytesToBase64(signature),
  };
  const text = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return `${channelId}/${nonce}: {${text.join(', ')}}`;
}
