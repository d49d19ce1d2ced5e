import { channelKey, claimKey } from '../../src/accounts/read-record.ts';
import { advanceToChain } from '../../src/ledger/advance.ts';
import { removeClaim, startClaim } from '../../src/ledger/claim.ts';
import type { ClaimRecord } from '../../src/ledger/record.ts';
import {
  decodeChannelRecord,
  decodeClaimRecord,
  encodeChannelRecord,
  encodeClaimRecord,
} from '../../src/ledger/record-codec.ts';
import { getTop } from '../../src/ledger/top.ts';
import type { Store } from '../../src/store/store.ts';
import type { Books } from './books.ts';
import type { Injections } from './injections.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedChain } from './simulated-chain.ts';

/** What a {@link Provider} works with. */
export interface ProviderPorts {
  readonly channelId: bigint;
  /** A reliable way to the store. */
  readonly store: Store;
  readonly chain: SimulatedChain;
  readonly scheduler: Scheduler;
  readonly books: Books;
  readonly injected: Injections;
}

/** Claims a channel as ledger.md, section 5, has it: StartClaim, the transaction, removal. One at a time. */
export class Provider {
  /** A claim is started and its record not removed yet. */
  isClaiming = false;
  readonly #ports: ProviderPorts;

  constructor(ports: ProviderPorts) {
    this.#ports = ports;
  }

  /** Starts a claim, when there is something to claim and no claim is in progress. */
  async start(): Promise<boolean> {
    if (this.isClaiming) return false;
    this.isClaiming = true;
    const claim = await this.#startClaim();
    if (claim === undefined) {
      this.isClaiming = false;
      return false;
    }
    const { injected, scheduler } = this.#ports;
    injected.claims += 1;
    scheduler.later('claim lands', () => this.#land(claim));
    return true;
  }

  async #startClaim(): Promise<ClaimRecord | undefined> {
    const { store, chain, channelId } = this.#ports;
    const channel = channelKey(channelId);
    const stored = await store.get(channel);
    if (stored === undefined) return undefined;
    const { nonce } = chain.channel(channelId);
    const record = advanceToChain(decodeChannelRecord(stored.value, channel), nonce);
    if (getTop(record).amount === 0n || record.nonce !== nonce) return undefined;
    const started = startClaim(record, { block: chain.block });
    const key = claimKey(channelId, started.claim.nonce);
    const [outcome] = await store.commit([
      {
        checks: [
          { key: channel, version: stored.version },
          { key, version: 0n },
        ],
        writes: [
          { key, value: encodeClaimRecord(started.claim) },
          { key: channel, value: encodeChannelRecord(started.record) },
        ],
      },
    ]);
    return outcome?.outcome === 'applied' ? started.claim : undefined;
  }

  /** Official claims take the whole amount, ours what was served. Overtaken by a time-out, it takes nothing. */
  #land(claim: ClaimRecord): void {
    const { chain, scheduler, channelId, books, injected } = this.#ports;
    const claimed = scheduler.chance(0.5) ? claim.amount : claim.actual;
    chain.change(channelId, (channel) => {
      if (channel.nonce !== claim.nonce) {
        injected.overtaken += 1;
        return {};
      }
      injected.landed += 1;
      books.landed.set(claim.nonce, claimed);
      return { nonce: channel.nonce + 1n, value: channel.value - claimed };
    });
    this.#removeSoon(claim);
  }

  #removeSoon(claim: ClaimRecord): void {
    this.#ports.scheduler.later('claim is removed', async () => {
      if (await this.#remove(claim)) this.isClaiming = false;
      else this.#removeSoon(claim);
    });
  }

  async #remove(started: ClaimRecord): Promise<boolean> {
    const { store, books, chain, channelId } = this.#ports;
    if (chain.channel(channelId).nonce <= started.nonce) return false;
    const channel = channelKey(channelId);
    const key = claimKey(channelId, started.nonce);
    const storedChannel = await store.get(channel);
    const storedClaim = await store.get(key);
    if (storedChannel === undefined || storedClaim === undefined) return true;
    const record = removeClaim(
      decodeChannelRecord(storedChannel.value, channel),
      decodeClaimRecord(storedClaim.value, key),
      books.landed.get(started.nonce) ?? 0n,
    );
    const [outcome] = await store.commit([
      {
        checks: [
          { key: channel, version: storedChannel.version },
          { key, version: storedClaim.version },
        ],
        writes: [
          { key: channel, value: encodeChannelRecord(record) },
          { key, value: undefined },
        ],
      },
    ]);
    return outcome?.outcome === 'applied';
  }
}
