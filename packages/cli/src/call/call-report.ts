import { formatAmount, type Token } from '@snetkit/core';
import type { FundingEvent, PaymentReceipt } from '@snetkit/sdk';
import { toJsonAmount } from '../output/amounts.ts';

/** What became of a call, beside its replies. */
export interface CallReport {
  readonly receipt: PaymentReceipt | undefined;
  readonly elapsedMs: number;
}

/** Says in one line what a call cost: `paid 0.001 FET on channel 0, signed 0.002 FET there, 12 ms`. */
export function formatReport({ receipt, elapsedMs }: CallReport, token: Token): string {
  const time = formatMs(elapsedMs);
  if (receipt === undefined) return `no charge, as far as is known here, ${time}`;
  const { price, channelId, amount } = receipt;
  const channel = channelId === undefined ? '' : ` on channel ${channelId}`;
  const signed = amount === undefined ? '' : `, signed ${formatAmount(amount, token)} there`;
  return `paid ${formatAmount(price, token)}${channel}${signed}, ${time}`;
}

/** The same for programs. */
export function describeReport({ receipt, elapsedMs }: CallReport, token: Token): object {
  return { payment: receipt === undefined ? null : describeReceipt(receipt, token), elapsedMs };
}

/** A receipt for programs. */
export function describeReceipt(receipt: PaymentReceipt, token: Token): object {
  const { type, price, channelId, nonce, amount, signedBefore } = receipt;
  return {
    type,
    price: toJsonAmount(price, token),
    ...(channelId !== undefined && { channelId }),
    ...(nonce !== undefined && { nonce }),
    ...(signedBefore !== undefined && { signedBefore: toJsonAmount(signedBefore, token) }),
    ...(amount !== undefined && { signedAfter: toJsonAmount(amount, token) }),
  };
}

/** Says in one line what a transaction did to a channel. */
export function formatFunding({ kind, channelId, amount, expiration }: FundingEvent, token: Token) {
  const sum = formatAmount(amount, token);
  switch (kind) {
    case 'channelOpened':
      return `opened channel ${channelId} with ${sum}, until block ${expiration}`;
    case 'channelToppedUp':
      return `added ${sum} to channel ${channelId}`;
    default:
      return `extended channel ${channelId} until block ${expiration}`;
  }
}

/** Milliseconds for a person. */
export function formatMs(ms: number): string {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Milliseconds for a program: as exact as they are worth. */
export function roundMs(ms: number): number {
  return Math.round(ms * 10) / 10;
}
