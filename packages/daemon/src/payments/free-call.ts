import {
  BaseError,
  checksumAddress,
  type FreeCallHeaders,
  parseFreeCallHeaders,
  parseFreeCallToken,
} from '@snetkit/core';
import type { CounterAccounts } from '../accounts/counter-accounts.ts';
import type { CounterCharge } from '../accounts/counter-call.ts';
import { freeCallKey } from '../accounts/counter-key.ts';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { type Metadata, statusCode } from '../call/status.ts';
import {
  checkFreeCall,
  type FreeCallWithToken,
  type RequestCheckOptions,
} from '../free-calls/check-request.ts';
import type { FreeCallQuota } from '../free-calls/quota.ts';
import { FreeCallRefusal } from '../free-calls/refusal.ts';
import { assertUserId } from '../free-calls/user-id.ts';
import { counterPayment } from './counter-payment.ts';
import type { PaymentType } from './payment.ts';

/** What a free call is checked against, and where it is counted. */
export interface FreeCallOptions extends RequestCheckOptions {
  readonly accounts: Pick<CounterAccounts, 'get'>;
  readonly quota: FreeCallQuota;
  readonly counters: { signatureRecoveries: number };
}

/**
 * Calls that the provider gives away (daemon.md 4.2, on the counters of ledger.md 14). One wallet has
 * one quota, however it is spelled; any number of its calls may run at once.
 */
export function createFreeCallPayment(options: FreeCallOptions): PaymentType {
  const { accounts, quota, terms, counters, keccak } = options;
  const onRecovery = () => {
    counters.signatureRecoveries += 1;
  };
  return {
    name: 'free-call',
    async begin({ metadata }, { admit }) {
      const request = readHeaders(metadata);
      const wallet = check(request);
      const { userId } = request;
      admit({ address: wallet, userId });
      const account = accounts.get(
        freeCallKey({ serviceId: terms.serviceId, address: wallet, userId }),
      );
      const charge = createCharge(quota(wallet));
      const call = await account.begin(charge);
      charge.isBegun = true;
      return counterPayment(account, call, { payer: checksumAddress(wallet, keccak) });
    },
  };

  function check(request: FreeCallWithToken): string {
    try {
      assertUserId(request.userId);
      return checkFreeCall(request, options, onRecovery);
    } catch (cause) {
      if (!(cause instanceof FreeCallRefusal)) throw cause;
      throw cause.kind === 'signature'
        ? new PaymentRefusal(statusCode.unauthenticated, cause.message, { cause })
        : refuseInternal(`internal error: ${cause.message}`, cause);
    }
  }
}

function readHeaders(metadata: Metadata): FreeCallWithToken {
  const { userId = '', ...headers } = readOwnHeaders(metadata);
  try {
    return { ...headers, userId, parsed: parseFreeCallToken(headers.token) };
  } catch (cause) {
    throw refuseArgument(cause, 'invalid token: ');
  }
}

function readOwnHeaders(metadata: Metadata): FreeCallHeaders {
  try {
    return parseFreeCallHeaders((name) => [metadata[name] ?? []].flat());
  } catch (cause) {
    throw refuseArgument(cause);
  }
}

function refuseArgument(cause: unknown, before = ''): unknown {
  if (!(cause instanceof BaseError)) return cause;
  return new PaymentRefusal(statusCode.invalidArgument, `${before}${cause.shortMessage}`, {
    cause,
  });
}

/** One call; `allowed` undefined: as many as the wallet likes. */
function createCharge(allowed: bigint | undefined): CounterCharge & { isBegun: boolean } {
  return {
    isBegun: false,
    amount: 1n,
    limitOf: () => allowed,
    refuseOver: ({ used }) =>
      refuseInternal(
        `internal error: free call limit has been exceeded, calls made = ${used}, total free calls eligible = ${allowed}`,
      ),
    refuseStore(cause) {
      return this.isBegun
        ? refuseInternal('unable to store new transaction free call user state', cause)
        : refuseInternal('payment freeCallUserData error: the store cannot be read', cause);
    },
  };
}

function refuseInternal(message: string, cause?: unknown): PaymentRefusal {
  return new PaymentRefusal(statusCode.internal, message, { cause });
}
