import { BaseError, parsePrepaidHeaders } from '@snetkit/core';
import type { CounterAccounts } from '../accounts/counter-accounts.ts';
import { prepaidKey } from '../accounts/counter-key.ts';
import { refuseStore } from '../accounts/refusals.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { type Metadata, statusCode } from '../call/status.ts';
import type { PrepaidTokens } from '../prepaid/prepaid-tokens.ts';
import { prepaidSwitchedOff } from '../prepaid/switched-off.ts';
import { counterPayment } from './counter-payment.ts';
import type { PaymentType } from './payment.ts';

/** What a prepaid call is checked against. */
export interface PrepaidCallOptions {
  readonly counterAccounts: CounterAccounts;
  /** Absent while prepaid calls are switched off for want of a good secret. */
  readonly tokens: PrepaidTokens | undefined;
}

/**
 * Payment from what a channel bought beforehand (daemon.md 4.3, ledger.md 14): a token instead of a
 * signature, and nothing is asked of the chain. The token is checked before the price, which may
 * cost a request of its own.
 */
export function createPrepaidCall({ counterAccounts, tokens }: PrepaidCallOptions): PaymentType {
  return {
    name: 'prepaid-call',
    async begin(head, { admit, price }) {
      const { channelId, token } = readHeaders(head.metadata);
      if (tokens === undefined) throw refuseInternal(prepaidSwitchedOff);
      const verdict = await tokens.verify(token, channelId);
      if ('problem' in verdict) throw refuseInternal(`internal error: ${verdict.problem}`);
      admit({ address: verdict.payer });
      const amount = await price();
      const account = counterAccounts.get(prepaidKey(channelId));
      const call = await account.begin({
        amount,
        limitOf: (record) => record.planned,
        refuseOver: () =>
          refuseInternal(`internal error: Usage Exceeded on channel Id ${channelId}`),
        refuseStore,
      });
      return counterPayment(account, call, { payer: verdict.payer, cogs: amount, channelId });
    },
  };
}

function readHeaders(metadata: Metadata): { channelId: bigint; token: string } {
  try {
    const { channelId, token } = parsePrepaidHeaders((name) => [metadata[name] ?? []].flat());
    // A token is ASCII; whatever else these bytes are is no token.
    return { channelId, token: Buffer.from(token).toString('latin1') };
  } catch (cause) {
    if (!(cause instanceof BaseError)) throw cause;
    throw new PaymentRefusal(statusCode.invalidArgument, cause.shortMessage, { cause });
  }
}

function refuseInternal(message: string): PaymentRefusal {
  return new PaymentRefusal(statusCode.internal, message);
}
