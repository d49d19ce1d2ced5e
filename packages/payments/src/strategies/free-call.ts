import { BaseError, encodeFreeCallHeaders, paymentTypes } from '@snetkit/core';
import { pause } from '../channels/pause.ts';
import { FreeCallAccount, type SignedAccess } from '../free-calls/free-call-account.ts';
import type { FreeCaller } from '../free-calls/free-caller.ts';
import type { Failure } from '../outcome/classify.ts';
import type {
  AfterEnd,
  CallEnd,
  CallPayment,
  CallToPay,
  PaymentAttempt,
  PaymentStrategy,
} from './payment-strategy.ts';

/** The free strategy, and what it knows. */
export interface FreeCallStrategy extends PaymentStrategy {
  /**
   * Asks the daemon how many free calls are left; 99999999 stands for as many as one likes.
   *
   * @throws BaseError `FREE_CALLS_REFUSED`, `RPC_...`, `ABORTED`; ConnectError when the daemon is away
   */
  getAvailable(options?: { readonly signal?: AbortSignal | undefined }): Promise<bigint>;
}

/** Sendings of one call before it is given up. */
const maxAttempts = 8;

/**
 * Makes calls that the provider gives away (seed 004, FreeCallPaymentStrategy; sdk.md, section 4.9). One
 * token and one signature serve all calls of some blocks: a warm call asks nobody. The official
 * daemon runs one free call of a wallet at a time; the others try again.
 */
export function createFreeCallStrategy(caller: FreeCaller): FreeCallStrategy {
  const account = new FreeCallAccount(caller);
  return {
    name: paymentTypes.freeCall,
    getPrice: async () => 0n,
    pay: (call) => new FreeCall({ account, caller, call }),
    getAvailable: async ({ signal } = {}) => account.getAvailable(signal),
  };
}

interface FreeCallParts {
  readonly account: FreeCallAccount;
  readonly caller: FreeCaller;
  readonly call: CallToPay;
}

class FreeCall implements CallPayment {
  readonly #parts: FreeCallParts;
  #attempts = 0;

  constructor(parts: FreeCallParts) {
    this.#parts = parts;
  }

  async attempt(): Promise<PaymentAttempt> {
    const { account, caller, call } = this.#parts;
    this.#attempts += 1;
    const access = await account.getAccess(call.signal);
    const { address } = caller.signer;
    const { userId } = caller;
    return {
      headers: encodeFreeCallHeaders({ address, userId, ...access }),
      receipt: { type: paymentTypes.freeCall, price: 0n },
      end: async (end) => {
        try {
          return await this.#end(access, end);
        } catch (error) {
          return BaseError.from(error);
        }
      },
    };
  }

  async #end(access: SignedAccess, end: CallEnd): Promise<AfterEnd> {
    if (end.kind === 'served' || end.afterFirstMessage) return 'final';
    const { account, call } = this.#parts;
    const { failure } = end;
    if (failure.kind === 'usedUp') return this.#usedUp(failure);
    if (!call.isReplayable || call.signal?.aborted || this.#attempts >= maxAttempts) return 'final';
    switch (failure.kind) {
      case 'token':
        account.forgetToken(access.token);
        return 'retry';
      case 'block':
        account.forgetBlock();
        return 'retry';
      case 'busy':
      case 'inDoubt':
        await pause(this.#attempts, call.signal);
        return 'retry';
      default:
        return 'final';
    }
  }

  #usedUp({ status }: Failure): BaseError {
    const { organizationId, serviceId } = this.#parts.caller.service;
    return new BaseError('FREE_CALLS_USED_UP', 'The free calls of this wallet are used up.', {
      place: `${organizationId}/${serviceId}`,
      found: status?.message,
    });
  }
}
