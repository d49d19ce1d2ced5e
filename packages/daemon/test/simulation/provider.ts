import { PaymentRefusal } from '../../src/call/payment-refusal.ts';
import type { ClaimRecord } from '../../src/ledger/record.ts';
import type { Books } from './books.ts';
import type { Injections } from './injections.ts';
import type { Replica } from './replica.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedChain } from './simulated-chain.ts';

/** Looks at the list until a landed claim is gone from it. */
const maxLooks = 3;
/** Blocks between two looks: more than a removal waits for. */
const blocksBetweenLooks = 3n;

/** A transaction may take so long to be mined. */
const slowestMs = 3_000;

/** What a {@link Provider} works with. */
export interface ProviderPorts {
  readonly channelId: bigint;
  readonly chain: SimulatedChain;
  readonly scheduler: Scheduler;
  readonly books: Books;
  readonly injected: Injections;
  pickReplica(): Replica;
  onFault(fault: string): void;
}

/** Claims a channel through the daemons: StartClaim at one of them, the transaction, the list that removes it. */
export class Provider {
  readonly #ports: ProviderPorts;
  readonly #sent = new Set<bigint>();

  constructor(ports: ProviderPorts) {
    this.#ports = ports;
  }

  /** Starts a claim at some replica, when it lets him. */
  async start(): Promise<boolean> {
    const { channelId, onFault, pickReplica } = this.#ports;
    try {
      await pickReplica().claims.start(channelId);
      return true;
    } catch (fault) {
      if (!(fault instanceof PaymentRefusal)) onFault(`StartClaim failed: ${fault}`);
      return false;
    }
  }

  /** A claim is in the store: its transaction is sent, once. */
  onStarted(claim: ClaimRecord): void {
    if (this.#sent.has(claim.nonce)) return;
    this.#sent.add(claim.nonce);
    this.#ports.injected.claims += 1;
    const { scheduler } = this.#ports;
    if (scheduler.chance(0.4))
      scheduler.after(slowestMs * scheduler.random(), () => this.#land(claim));
    else scheduler.later('claim lands', () => this.#land(claim));
  }

  /** Official claims take the whole amount, ours what was served. Overtaken by another, it takes nothing. */
  #land(claim: ClaimRecord): void {
    const { chain, scheduler, channelId, books, injected } = this.#ports;
    const claimed = scheduler.chance(0.5) ? claim.actual : claim.amount;
    chain.change(channelId, (channel) => {
      // As the escrow does: a sender who took the rest back has left nothing to claim.
      if (channel.nonce !== claim.nonce || claim.amount > channel.value) {
        injected.overtaken += 1;
        return {};
      }
      injected.landed += 1;
      books.landed.set(claim.nonce, claimed);
      return { nonce: channel.nonce + 1n, value: channel.value - claimed };
    });
    this.#lookSoon(claim, maxLooks);
  }

  #lookSoon(claim: ClaimRecord, looks: number): void {
    const { scheduler, chain, books } = this.#ports;
    if (looks === 0) return;
    scheduler.after(300 * scheduler.random(), () => {
      if (!books.claims.has(claim.nonce)) return;
      chain.advance(blocksBetweenLooks);
      void this.look().then(() => this.#lookSoon(claim, looks - 1));
    });
  }

  /** Asks some replica for the claims in progress. */
  async look(): Promise<void> {
    const { pickReplica, onFault } = this.#ports;
    try {
      await pickReplica().claims.listInProgress();
    } catch (fault) {
      const isOutage = fault instanceof Error && fault.message === 'the store cannot be reached';
      if (!isOutage) onFault(`ListInProgress failed: ${fault}`);
    }
  }
}
