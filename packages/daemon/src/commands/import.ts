import { getBlockNumber, getChannel } from '@snetkit/contracts';
import { packClaimMessage, recoverSigner, sameAddress, stringifyJson } from '@snetkit/core';
import { loadCrypto } from '@snetkit/native-crypto';
import { importOfficialState } from '../official-state/import-official-state.ts';
import { refuseOwnService } from '../official-state/refuse-service.ts';
import type { Command } from './command.ts';
import { formatImport } from './format-import.ts';
import { type OpenGroup, withGroup } from './open-group.ts';
import { openOfficialStore } from './open-official-store.ts';
import { readSeconds } from './read-seconds.ts';

/** `snetd import`: takes the state of official daemons over, out of their etcd. */
export const importCommand: Command = {
  options: {
    from: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    observe: { type: 'string' },
    'force-locks': { type: 'boolean' },
    'force-sessions': { type: 'boolean' },
    'skip-damaged': { type: 'boolean' },
  },
  async run(input) {
    const { options, print, warn } = input;
    const observeMs = readSeconds(options['observe'], { name: '--observe', fallback: 12 });
    return withGroup(input, async (group, signal) => {
      const { store, place } = group;
      const isDryRun = options['dry-run'] === true;
      if (!isDryRun) refuseOwnService(await group.findOwners(), place);
      const source = await openOfficialStore(group, options['from']);
      try {
        const result = await importOfficialState({
          source,
          target: store,
          group: { network: group.network.name, ...group.scope },
          observeMs,
          isDryRun,
          locksAreStale: options['force-locks'] === true,
          sessionsAreForeign: options['force-sessions'] === true,
          skipsDamaged: options['skip-damaged'] === true,
          signal,
          onProgress: options['json'] === true ? () => {} : warn,
          ...(await createChecks(group, signal)),
        });
        if (options['json'] === true) print(stringifyJson({ isDryRun, ...result }));
        else for (const line of formatImport(result, { isDryRun })) print(line);
        return result.report.conflicts.length === 0 ? 0 : 1;
      } finally {
        await source.close();
      }
    });
  },
};

/** What the chain and the signatures say of a channel. */
async function createChecks({ client, network }: OpenGroup, signal: AbortSignal) {
  const { recovery, keccak } = await loadCrypto();
  const { mpe } = network;
  return {
    async readNonce(channelId: bigint) {
      // First the block: the channel has this nonce then or later.
      const block = await getBlockNumber(client, { signal });
      const channel = await getChannel(client, { mpe, channelId, signal });
      return channel && { nonce: channel.nonce, block };
    },
    isSignedBy(
      payment: { ChannelID: bigint; ChannelNonce: bigint; Amount: bigint; Signature: Uint8Array },
      wallets: readonly string[],
    ) {
      const { ChannelID: channelId, ChannelNonce: nonce, Amount: amount } = payment;
      try {
        const message = packClaimMessage({ mpe, channelId, nonce, amount });
        const signature = payment.Signature;
        const signer = recoverSigner({ message, signature, recovery, keccak });
        return wallets.some((wallet) => sameAddress(wallet, signer));
      } catch {
        return false;
      }
    },
  };
}
