import { ConnectError } from '@connectrpc/connect';
import { BaseError, packFreeCallMessage } from '@snetkit/core';
import { abortable } from '../channels/abortable.ts';
import { createBlockClock } from '../channels/block-clock.ts';
import { isUnserved } from '../outcome/is-unserved.ts';
import { readStatus } from '../outcome/read-status.ts';
import type { FreeCaller } from './free-caller.ts';
import { getFreeCallsAvailable } from './get-free-calls-available.ts';
import { type FreeCallAccess, requestFreeCallToken } from './request-free-call-token.ts';

/** What one free call is made with: good for some blocks, and for any number of calls. */
export interface SignedAccess {
  readonly token: Uint8Array;
  readonly block: bigint;
  /** 65 bytes, over the token and the block. */
  readonly signature: Uint8Array;
}

/** Blocks before its end in which a token is not used any more. */
const tokenMargin = 10n;
const staleBlock = 'authentication failed as the signature passed has expired';

/**
 * A wallet's free calls of one service: keeps the token, and the signature of the latest block, so
 * that a warm call asks nobody.
 */
export class FreeCallAccount {
  readonly #caller: FreeCaller;
  readonly #clock: ReturnType<typeof createBlockClock>;
  #access: FreeCallAccess | undefined;
  #asking: Promise<FreeCallAccess> | undefined;
  #signed: SignedAccess | undefined;

  constructor(caller: FreeCaller) {
    this.#caller = caller;
    this.#clock = createBlockClock(caller.chain, { blockSeconds: caller.blockSeconds });
  }

  /**
   * What the next call is made with.
   *
   * @throws BaseError `FREE_CALLS_REFUSED`, `RPC_...`, `ABORTED`; ConnectError when the daemon is away
   */
  async getAccess(signal: AbortSignal | undefined): Promise<SignedAccess> {
    const block = await this.#clock.get(signal);
    if (this.#access !== undefined && this.#access.expirationBlock < block + tokenMargin) {
      this.#access = undefined;
    }
    const { token } = this.#access ?? (await this.#ask(signal));
    if (this.#signed?.token === token && this.#signed.block === block) return this.#signed;
    const { signer, service, userId } = this.#caller;
    const { address } = signer;
    const message = packFreeCallMessage({ address, userId, ...service, block, token });
    this.#signed = { token, block, signature: await signer.signMessage(message) };
    return this.#signed;
  }

  /**
   * How many free calls are left; 99999999 stands for as many as one likes.
   *
   * @throws BaseError `FREE_CALLS_REFUSED`, `RPC_...`, `ABORTED`; ConnectError when the daemon is away
   */
  async getAvailable(signal: AbortSignal | undefined): Promise<bigint> {
    const { token } = await this.getAccess(signal);
    return this.#refusable(async (block) =>
      getFreeCallsAvailable(this.#caller, { token, block, signal }),
    );
  }

  /** The daemon takes this token no more. */
  forgetToken(token: Uint8Array): void {
    if (this.#access?.token === token) this.#access = undefined;
  }

  /** The daemon's block is far from the one that was signed. */
  forgetBlock(): void {
    this.#clock.forget();
  }

  /** Asks for a token, once for all calls that wait for it. */
  async #ask(signal: AbortSignal | undefined): Promise<FreeCallAccess> {
    this.#asking ??= this.#refusable((block) => requestFreeCallToken(this.#caller, { block }))
      .then((access) => {
        this.#access = access;
        return access;
      })
      .finally(() => {
        this.#asking = undefined;
      });
    return abortable(this.#asking, signal);
  }

  /** The daemon's own services answer every refusal with code 2 and a text. */
  async #refusable<T>(ask: (block: bigint) => Promise<T>): Promise<T> {
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await ask(await this.#clock.get());
      } catch (error) {
        const status = error instanceof ConnectError ? readStatus(error) : undefined;
        if (status === undefined && !isUnserved(error)) throw error;
        if (isFirst && status?.message.includes(staleBlock)) {
          this.#clock.forget();
          continue;
        }
        const { organizationId, serviceId } = this.#caller.service;
        throw new BaseError('FREE_CALLS_REFUSED', 'The daemon gives this wallet no free calls.', {
          place: `${organizationId}/${serviceId}`,
          found: status?.message ?? 'no service for free calls',
          cause: error,
        });
      }
    }
  }
}
