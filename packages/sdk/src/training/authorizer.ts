import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Signer } from '@snetkit/contracts';
import { packTrainingMessage } from '@snetkit/core';
import type { BlockClock } from '@snetkit/payments';
import type { AuthorizationDetailsSchema } from '@snetkit/protos/training';

/** Proof of who asks for training. */
export type Authorization = MessageInitShape<typeof AuthorizationDetailsSchema>;

/** Who asks, and when. */
export interface AuthorizerOptions {
  readonly signer: Signer;
  readonly clock: BlockClock;
  readonly blockSeconds: number;
}

/** Questions that one signature is enough for, for 600 blocks either way (daemon.md, section 3.12). */
const unified: ReadonlySet<string> = new Set([
  'validate_model_price',
  'train_model_price',
  'get_all_models',
  'get_model',
]);
/** Blocks for which such a signature is used again; half of what daemons allow, as official clients do. */
const unifiedBlocks = 300;

/** Signs requests of `training.Daemon`; a wallet is asked once for many questions. */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  #unified: { readonly authorization: Promise<Authorization>; readonly until: number } | undefined;
  #last:
    | { readonly message: string; readonly block: bigint; readonly value: Authorization }
    | undefined;

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /**
   * What a request of a method carries.
   *
   * @param method as it is on the wire, such as `create_model`
   * @throws BaseError `RPC_...`, `ABORTED`, and what the signer throws
   */
  async authorize(method: string, signal: AbortSignal | undefined): Promise<Authorization> {
    if (!unified.has(method)) return this.#sign(method, signal);
    const now = performance.now();
    if (this.#unified === undefined || this.#unified.until < now) {
      const authorization = this.#sign('unified', signal);
      const until = now + unifiedBlocks * this.#options.blockSeconds * 1000;
      this.#unified = { authorization, until };
      authorization.catch(() => {
        if (this.#unified?.authorization === authorization) this.#unified = undefined;
      });
    }
    return this.#unified.authorization;
  }

  /** The daemon does not take them any more: the next ones are of a block that is read anew. */
  forget(): void {
    this.#unified = undefined;
    this.#last = undefined;
    this.#options.clock.forget();
  }

  async #sign(message: string, signal: AbortSignal | undefined): Promise<Authorization> {
    const { signer, clock } = this.#options;
    const block = await clock.get(signal);
    // The pieces of an upload each carry one.
    if (this.#last?.message === message && this.#last.block === block) return this.#last.value;
    const signed = packTrainingMessage({ message, signer: signer.address, block });
    const signature = await signer.signMessage(signed);
    const value = { currentBlock: block, message, signature, signerAddress: signer.address };
    this.#last = { message, block, value };
    return value;
  }
}
