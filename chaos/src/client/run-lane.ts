import { pause } from '../pause.ts';
import type { Random } from '../random.ts';
import type { Attempt } from './attempt.ts';
import { type ChannelBook, type Slot, standingOf } from './channel-book.ts';
import { type CallChoice, chooseCall } from './choose-call.ts';
import type { ChannelState } from './read-state.ts';
import { type PayerContext, sendPayment } from './send-payment.ts';
import type { WireClient } from './session.ts';

/** A replica as a client sees it. */
export interface Shop {
  readonly name: string;
  readonly client: WireClient;
}

/** One place in flight on one channel. */
export interface LaneOptions {
  readonly book: ChannelBook;
  readonly shops: readonly Shop[];
  readonly random: Random;
  readonly context: PayerContext;
  /** The state as one replica tells it; a text when it does not. */
  readState(shop: Shop, channelId: bigint): Promise<ChannelState | string>;
  /** The fate of each call; mixed unless given. */
  choose?(random: Random): CallChoice;
  /** Most milliseconds between an answer and the next call; none unless given. */
  readonly thinkMs?: number;
  /** No further call is begun. */
  readonly stop: AbortSignal;
}

/** Makes one call after the other, as a client does that resolves what it is in doubt about (ledger.md, 6.7). */
export async function runLane(options: LaneOptions): Promise<void> {
  const { book, shops, random, context, stop, choose = chooseCall, thinkMs = 0 } = options;
  let away: Shop | undefined;
  while (!stop.aborted) {
    if (thinkMs > 0) await pause(random.between(0, thinkMs), stop);
    if (stop.aborted) return;
    const slot = book.take();
    if (slot === undefined) {
      await pause(20, stop);
      continue;
    }
    // Who finds nobody there tries next door first.
    const shop = random.pick(shops.filter((one) => one !== away || shops.length === 1));
    const attempt = await sendPayment(shop, book, slot, { choice: choose(random), context });
    away = attempt.unsent ? shop : undefined;
    if (isPaidFor(attempt)) {
      slot.state = 'done';
    } else if (isInDoubt(attempt)) {
      await resolve(slot, options);
    } else {
      slot.state = 'free';
      if (!attempt.first) await pause(random.between(5, attempt.unsent ? 60 : 20), stop);
    }
  }
}

/** The client has what it paid for. */
function isPaidFor({ first, status, left, manner, plan }: Attempt): boolean {
  if (status === 0) return first || plan === 'e0';
  return first && left && manner !== 'read';
}

/** No answer, or one that says that the client has lost count. */
function isInDoubt({ first, status, unsent, manner }: Attempt): boolean {
  if (unsent) return false;
  if (status === undefined) return manner !== 'leaveHeld';
  return !first && (status === 16 || status === 1000);
}

/** Asks what became of a payment until that is clear, or the run stops. */
async function resolve(slot: Slot, options: LaneOptions): Promise<void> {
  const { book, shops, random, stop, readState } = options;
  slot.state = 'doubt';
  for (let round = 0; round < 10 && !stop.aborted; round += 1) {
    const state = await readState(random.pick(shops), book.channelId);
    if (typeof state === 'string') {
      await pause(60, stop);
      continue;
    }
    book.learn(state);
    const standing = standingOf(state, slot, book.price);
    if (standing === 'retry') slot.isOrphan = true;
    const retries = standing === 'retry' && book.kind === 'ahead';
    if (standing === 'uncharged' || retries) {
      slot.state = 'free';
      await pause(random.between(5, 30), stop);
      return;
    }
    if (standing !== 'inProgress' || book.kind === 'official') return;
    await pause(100, stop);
  }
}
