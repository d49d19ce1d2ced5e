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
import type { Scheduler } from './scheduler.ts';
import type { SimulatedChain } from './simulated-chain.ts';

const channelKey = 'channel/7';

/** What a {@link Provider} works with. */
export interface ProviderPorts {
  /** A reliable way to the store. */
  readonly store: Store;
  readonly chain: SimulatedChain;
  readonly scheduler: Scheduler;
  readonly books: Books;
}

/** Claims the channel as ledger.md, section 5, has it: StartClaim, the transaction, removal. One at a time. */
export class Provider {
  /** A claim is started and its record not removed yet. */
  isClaiming = false;
  readonly #ports: ProviderPorts;

  constructor(ports: ProviderPorts) {
    this.#ports = ports;
  }

  /** Starts a claim, when there is something to claim and no claim is in progress. */
  async start(): Promise<void> {
    if (this.isClaiming) return;
    this.isClaiming = true;
    const claim = await this.#startClaim();
    if (claim === undefined) {
      this.isClaiming = false;
      return;
    }
    const { books, scheduler } = this.#ports;
    books.starts += 1;
    scheduler.later('claim lands', () => this.#land(claim));
  }

  async #startClaim(): Promise<ClaimRecord | undefined> {
    const { store, chain } = this.#ports;
    const stored = await store.get(channelKey);
    if (stored === undefined) return undefined;
    const known = decodeChannelRecord(stored.value, channelKey);
    const record = advanceToChain(known, chain.channel.nonce);
    if (getTop(record).amount === 0n || record.nonce !== chain.channel.nonce) return undefined;
    const started = startClaim(record);
    const key = claimKey(started.claim);
    const [outcome] = await store.commit([
      {
        checks: [
          { key: channelKey, version: stored.version },
          { key, version: 0n },
        ],
        // The claim first: whoever watches the channel can tell by it why the nonce moves.
        writes: [
          { key, value: encodeClaimRecord(started.claim) },
          { key: channelKey, value: encodeChannelRecord(started.record) },
        ],
      },
    ]);
    return outcome?.outcome === 'applied' ? started.claim : undefined;
  }

  /** Official claims take the whole amount, ours what was served. */
  #land(claim: ClaimRecord): void {
    const { chain, scheduler } = this.#ports;
    const claimed = scheduler.chance(0.5) ? claim.amount : claim.actual;
    const { nonce, value } = chain.channel;
    chain.change({ nonce: nonce + 1n, value: value - claimed });
    this.#removeSoon(claim, claimed);
  }

  #removeSoon(claim: ClaimRecord, claimed: bigint): void {
    this.#ports.scheduler.later('claim is removed', async () => {
      if (await this.#remove(claim, claimed)) this.isClaiming = false;
      else this.#removeSoon(claim, claimed);
    });
  }

  async #remove(started: ClaimRecord, claimed: bigint): Promise<boolean> {
    const { store, books } = this.#ports;
    const key = claimKey(started);
    const channel = await store.get(channelKey);
    const claim = await store.get(key);
    if (channel === undefined || claim === undefined) return true;
    const record = removeClaim(
      decodeChannelRecord(channel.value, channelKey),
      decodeClaimRecord(claim.value, key),
      claimed,
    );
    const [outcome] = await store.commit([
      {
        checks: [
          { key: channelKey, version: channel.version },
          { key, version: claim.version },
        ],
        writes: [
          { key: channelKey, value: encodeChannelRecord(record) },
          { key, value: undefined },
        ],
      },
    ]);
    if (outcome?.outcome !== 'applied') return false;
    books.claimed += claimed;
    return true;
  }
}

function claimKey({ nonce }: ClaimRecord): string {
  return `claim/7/${nonce}`;
}
