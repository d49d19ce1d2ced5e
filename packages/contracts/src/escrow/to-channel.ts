import type { MultiPartyEscrowFunctions } from '../gen/multi-party-escrow.ts';
import type { Channel } from './channel.ts';

/** A channel from what `channels(uint256)` returns. Inside this package only. */
export function toChannel(
  id: bigint,
  result: MultiPartyEscrowFunctions['channels']['returns'],
): Channel | undefined {
  const [nonce, sender, signer, recipient, groupId, value, expiration] = result;
  // Funds may have been added to an id that nobody has opened yet; only opening sets the sender.
  if (BigInt(sender) === 0n) return undefined;
  return { id, nonce, sender, signer, recipient, groupId, value, expiration };
}
