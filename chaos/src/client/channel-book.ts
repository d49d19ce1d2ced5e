import type { Attempt } from './attempt.ts';
import type { ChannelState } from './read-state.ts';

/** One payment that a client may make: its amount is `index` prices. */
export interface Slot {
  readonly nonce: bigint;
  readonly index: number;
  /** `doubt`: what became of it is settled when everything has come to rest. */
  state: 'free' | 'flying' | 'doubt' | 'done';
  readonly attempts: Attempt[];
  /** It was seen listed as a dead owner's: charged, and to be honoured once more. */
  isOrphan: boolean;
}

/** `official`: one call at a time, never the same payment twice; `ahead`: many in flight, and exact retries. */
export type ClientKind = 'official' | 'ahead';

/** What a state says of one payment. */
export type SlotStanding = 'uncharged' | 'retry' | 'inProgress' | 'charged' | 'old';

/** All that the client of one channel knows. */
export interface ChannelBook {
  readonly channelId: bigint;
  readonly kind: ClientKind;
  /** Cogs for each call. */
  readonly price: bigint;
  readonly slots: readonly Slot[];
  /** Nonce to sign with. */
  readonly nonce: bigint;
  /** The next payment to send, which then flies; undefined when there is none now. */
  take(): Slot | undefined;
  /** A payment of this amount, made when it is not there. */
  slot(nonce: bigint, index: number): Slot;
  /** Takes over what a replica says of the channel. */
  learn(state: ChannelState): void;
}

/** A book for a channel of so many calls. */
export function createChannelBook(options: {
  channelId: bigint;
  kind: ClientKind;
  price: bigint;
  calls: number;
}): ChannelBook {
  const { channelId, kind, price, calls } = options;
  const slots: Slot[] = [];
  const byKey = new Map<string, Slot>();
  let nonce = 0n;
  let base = 0;

  function slot(at: bigint, index: number): Slot {
    const key = `${at}/${index}`;
    let found = byKey.get(key);
    if (found === undefined) {
      found = { nonce: at, index, state: 'free', attempts: [], isOrphan: false };
      byKey.set(key, found);
      slots.push(found);
    }
    return found;
  }

  return {
    channelId,
    kind,
    price,
    slots,
    get nonce() {
      return nonce;
    },
    slot,
    take() {
      for (let index = base + 1; index <= calls; index += 1) {
        const next = slot(nonce, index);
        if (next.state === 'done' && index === base + 1) base = index;
        if (next.state !== 'free') {
          if (kind === 'official' && next.state === 'flying') return undefined;
          continue;
        }
        next.state = 'flying';
        return next;
      }
      return undefined;
    },
    learn(state) {
      if (state.nonce > nonce) {
        nonce = state.nonce;
        base = 0;
      }
      // Official clients go on from the daemon's amount, whatever became of their own call.
      if (kind === 'official' && state.nonce === nonce) base = Number(state.amount / price);
    },
  };
}

/** What a state says of a payment. */
export function standingOf(
  state: ChannelState,
  { nonce, index }: Slot,
  price: bigint,
): SlotStanding {
  const amount = BigInt(index) * price;
  const entry = state.entries.find((one) => one.nonce === nonce && one.amount === amount);
  if (entry !== undefined) return entry.isRetry ? 'retry' : 'inProgress';
  if (nonce !== state.nonce) return 'old';
  const isOpen = state.open.some(({ from, to }) => amount > from && amount <= to);
  return amount <= state.amount && !isOpen ? 'charged' : 'uncharged';
}
