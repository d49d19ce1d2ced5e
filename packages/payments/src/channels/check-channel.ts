import type { Channel } from '@snetkit/contracts';
import { BaseError, sameAddress } from '@snetkit/core';
import type { Payer } from './payer.ts';

const hint = 'Name another channel, or none: one that fits is then found or opened.';

/**
 * Refuses a channel that pays somebody else, or that this client may not sign for: whatever was
 * signed on it would be lost, or refused.
 *
 * @throws BaseError CHANNEL_MISMATCH
 */
export function checkChannel({ group, signer }: Payer, channel: Channel): void {
  const place = `channel ${channel.id} of ${group.mpe}`;
  if (!sameAddress(channel.recipient, group.recipient)) {
    throw new BaseError('CHANNEL_MISMATCH', 'The channel pays somebody else.', {
      place,
      expected: `the recipient ${group.recipient}`,
      found: channel.recipient,
      hint,
    });
  }
  if (channel.groupId.toLowerCase() !== group.groupId.toLowerCase()) {
    throw new BaseError('CHANNEL_MISMATCH', 'The channel belongs to another payment group.', {
      place,
      expected: `the group ${group.groupId}`,
      found: channel.groupId,
      hint,
    });
  }
  const isOwn = [channel.signer, channel.sender].some((one) => sameAddress(one, signer.address));
  if (isOwn) return;
  throw new BaseError('CHANNEL_MISMATCH', 'The channel does not take signatures of this account.', {
    place,
    expected: `a signature of ${channel.signer} or ${channel.sender}`,
    found: signer.address,
    hint,
  });
}
