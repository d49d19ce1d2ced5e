import type { Payer } from '../admission/rate-limits.ts';
import type { CallHead } from '../call/exchange.ts';

/**
 * The payment of one admitted call. Exactly one of the paths is walked:
 * `rollback`, or `commit` then (`handOver` then `settle` | `takeBack`) or `takeBack`.
 * The rules are those of ledger.md, sections 3 and 4.
 */
export interface Payment {
  /** Checksummed address of who pays; goes to the upstream as `snet-user-address`. */
  readonly payer: string | undefined;
  /** Cogs that a commit charges; none, and undefined, where the call is given away or was charged before. */
  readonly cogs?: bigint | undefined;
  /** The channel that it is paid from, if any. */
  readonly channelId?: bigint | undefined;
  /** What the client has signed for a channel: nonce and cumulative amount in cogs. */
  readonly signed?: { readonly nonce: bigint; readonly amount: bigint };
  /**
   * Told when this replica loses the ownership under which the call began: for the others it is as if
   * this process had died, so the call must end here, whatever it is doing. At most once.
   */
  onLost?(listener: () => void): void;
  /** Forgets a call that has not committed. Writes nothing. */
  rollback(): void;
  /**
   * Makes the charge durable. Resolves when it may be believed.
   * @throws PaymentRefusal when the payment lost meanwhile, or its outcome stays unknown (13); the
   *   call is then forgotten or resolved behind, and nothing may be handed over.
   */
  commit(): Promise<void>;
  /**
   * Asked right before the first byte goes out; `false` when this replica may no longer hand over
   * (its lease has run out). After `true` the call counts as delivered or, if `streaming`, as running.
   */
  handOver(options: { streaming: boolean }): boolean;
  /** What was handed over is all there is, or a running stream is over: it stays charged. */
  settle(): void;
  /**
   * Takes a commit back: nothing reached the client, or the upstream failed after its first message.
   * Resolves when that is durable, or after five seconds, when it is resolved behind.
   */
  takeBack(): Promise<void>;
}

/** One way to pay; chosen by `snet-payment-type`. */
export interface PaymentType {
  /** Value of `snet-payment-type`, for example `escrow`. */
  readonly name: string;
  /**
   * Admits a call or refuses it. `admit` is told who pays as soon as that is proved, before anything is
   * asked for or reserved; `price` gives the cogs that the call costs and is asked last. The
   * PaymentRefusal of both is passed on.
   * @throws PaymentRefusal with the status of daemon.md, section 4.
   */
  begin(
    head: CallHead,
    options: {
      /** @throws PaymentRefusal when the payer, or everybody together, comes too often */
      admit: (payer: Payer | undefined) => void;
      price: () => bigint | Promise<bigint>;
      signal: AbortSignal;
    },
  ): Promise<Payment>;
}
