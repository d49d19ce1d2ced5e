import type { Token } from '@snetkit/core';
import type { PaymentChannel } from '@snetkit/sdk';
import { toJsonAmount } from '../output/amounts.ts';

/** A channel as programs get it. */
export function describeChannel(channel: PaymentChannel, token: Token): object {
  const { id, nonce, sender, signer, recipient, groupId, value, signed, unspent, expiration } =
    channel;
  return {
    id,
    nonce,
    sender,
    signer,
    recipient,
    groupId,
    value: toJsonAmount(value, token),
    signed: signed === undefined ? null : toJsonAmount(signed, token),
    unspent: toJsonAmount(unspent, token),
    expiration,
  };
}
