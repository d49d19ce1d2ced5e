import { type ChannelBook, type Slot, standingOf } from '../client/channel-book.ts';
import { plainCall } from '../client/choose-call.ts';
import type { ChannelState } from '../client/read-state.ts';
import type { Shop } from '../client/run-lane.ts';
import { type PayerContext, sendPayment } from '../client/send-payment.ts';
import { pause } from '../pause.ts';
import type { Random } from '../random.ts';
import type { Served } from '../service/flaky-service.ts';
import { countDeliveries, truthOfSlot } from './truth.ts';

/** What is needed to settle the account of one channel. */
export interface ReconcileOptions {
  readonly book: ChannelBook;
  readonly shops: readonly Shop[];
  readonly random: Random;
  readonly context: PayerContext;
  readonly served: ReadonlyMap<string, Served>;
  readonly cutsWires: boolean;
  /** Replicas that died in this run: a payment may be delivered once more for each. */
  readonly deaths: number;
  /** Cogs that the provider has taken out of the channel. */
  readonly claimed: bigint;
  readState(shop: Shop, channelId: bigint): Promise<ChannelState | string>;
  /** Milliseconds until everything must have come to rest. */
  readonly restMs: number;
  /** Milliseconds in which a fresh payment must succeed. */
  readonly usableMs: number;
}

/** What one channel came to. */
export interface ChannelVerdict {
  readonly delivered: number;
  readonly handed: number;
  readonly charged: number;
  readonly honoured: number;
  readonly chargedNotServed: readonly string[];
  readonly servedNotCharged: readonly string[];
  readonly isUnusable: boolean;
  readonly violations: readonly string[];
  readonly state: ChannelState | undefined;
}

/** Compares what the daemon charges with what was served, after exact retries of what is in doubt. */
export async function reconcile(options: ReconcileOptions): Promise<ChannelVerdict> {
  const { book, shops, random, context, readState, restMs } = options;
  const deadline = performance.now() + restMs;
  let last: string | ChannelState = 'not asked';
  for (;;) {
    last = await readState(random.pick(shops), book.channelId);
    let isAtRest = typeof last !== 'string';
    if (typeof last !== 'string') {
      for (const slot of book.slots) {
        if (truthOfSlot(slot, options) === 'served') continue;
        const standing = standingOf(last, slot, book.price);
        if (standing === 'inProgress') isAtRest = false;
        if (standing !== 'retry') continue;
        slot.isOrphan = true;
        await sendPayment(random.pick(shops), book, slot, { choice: plainCall, context });
        // Whether it was charged again is seen in the state.
        isAtRest = false;
      }
    }
    if (typeof last !== 'string' && isAtRest && compare(last, options).isEven) break;
    if (performance.now() > deadline) break;
    await pause(isAtRest ? 200 : 20);
  }
  if (typeof last === 'string') return { ...nothing, violations: [`no state: ${last}`] };
  const { isEven, ...differences } = compare(last, options);
  const honoured = book.slots.filter(
    (slot) => slot.isOrphan && truthOfSlot(slot, options) === 'served',
  ).length;
  const usable = await payFresh(last, options);
  const violations = [...differences.violations, ...usable.violations];
  return { ...differences, honoured, ...usable, violations, state: last };
}

const nothing: ChannelVerdict = {
  delivered: 0,
  handed: 0,
  charged: 0,
  honoured: 0,
  chargedNotServed: [],
  servedNotCharged: [],
  isUnusable: true,
  violations: [],
  state: undefined,
};

function compare(state: ChannelState, options: ReconcileOptions) {
  const { book, context, deaths, served } = options;
  const chargedNotServed: string[] = [];
  const servedNotCharged: string[] = [];
  const violations: string[] = [];
  const current = { charged: 0, delivered: 0, handed: 0 };
  const old = { charged: 0, delivered: 0, handed: 0 };
  for (const slot of book.slots) {
    const truth = truthOfSlot(slot, options);
    const deliveries = countDeliveries(slot, served);
    if (deliveries > 1 + deaths)
      servedNotCharged.push(describe(slot, `served ${deliveries} times`));
    if (slot.nonce !== state.nonce) {
      if (truth === 'served') old.delivered += 1;
      if (truth === 'handed') old.handed += 1;
      continue;
    }
    const isCharged = standingOf(state, slot, book.price) !== 'uncharged';
    if (isCharged) current.charged += 1;
    if (truth === 'served') current.delivered += 1;
    if (truth === 'served' && !isCharged) servedNotCharged.push(describe(slot, 'served'));
    if (!isCharged || truth === 'served') continue;
    if (truth === 'handed') current.handed += 1;
    else chargedNotServed.push(describe(slot, truth));
  }
  const consumed = state.open.reduce((sum, { from, to }) => sum - (to - from), state.amount);
  if (consumed !== BigInt(current.charged) * book.price) {
    violations.push(`consumed ${consumed}, but ${current.charged} calls are charged`);
  }
  // What was charged under earlier nonces is known as a sum only (ledger.md 10, conservation).
  old.charged = Number((options.claimed - state.credit) / book.price);
  for (let one = old.charged; one > old.delivered + old.handed; one -= 1) {
    chargedNotServed.push('a payment of an earlier nonce');
  }
  for (let one = old.charged; one < old.delivered; one += 1) {
    servedNotCharged.push('a payment of an earlier nonce');
  }
  const payment = { channelId: book.channelId, nonce: state.nonce, amount: state.amount };
  if (state.amount > 0n && !context.wallet.hasSigned(payment, state.signature)) {
    violations.push(`the signature of ${state.amount} is not the client's`);
  }
  return {
    delivered: current.delivered + old.delivered,
    handed: current.handed + Math.max(0, Math.min(old.handed, old.charged - old.delivered)),
    charged: current.charged + old.charged,
    chargedNotServed,
    servedNotCharged,
    violations,
    isEven: chargedNotServed.length + servedNotCharged.length + violations.length === 0,
  };
}

function describe({ nonce, index }: Slot, truth: string): string {
  return `${nonce}/${index}: ${truth}`;
}

/**
 * The channel must go on, at whatever replica, as a client would that tries again what was refused.
 * A machine that had a bad moment gets a second chance.
 */
async function payFresh(state: ChannelState, options: ReconcileOptions) {
  const { book, shops, random, readState } = options;
  const violations: string[] = [];
  for (let chance = 1; chance <= 2; chance += 1) {
    const index = Number(state.amount / book.price) + chance;
    const { isInTime, isServed, found } = await payUntilServed(
      book.slot(state.nonce, index),
      options,
    );
    if (!isInTime) violations.push(`fresh payment: ${found}`);
    if (!isServed) break;
    if (!isInTime) continue;
    const after = await readState(random.pick(shops), book.channelId);
    if (typeof after === 'string') return { isUnusable: false, violations: [`no state: ${after}`] };
    const isExact = after.amount === BigInt(index) * book.price;
    const amount = `after the fresh payment the amount is ${after.amount}`;
    return { isUnusable: false, violations: isExact ? [] : [amount] };
  }
  return { isUnusable: true, violations };
}

async function payUntilServed(slot: Slot, options: ReconcileOptions) {
  const { book, shops, random, context, usableMs } = options;
  const started = performance.now();
  const found: string[] = [];
  let ms = 0;
  let isServed = false;
  while (!isServed && ms <= usableMs) {
    const shop = random.pick(shops);
    const attempt = await sendPayment(shop, book, slot, { choice: plainCall, context });
    ms = performance.now() - started;
    isServed = attempt.status === 0;
    found.push(`${shop.name} ${attempt.status} ${attempt.message} after ${ms.toFixed()} ms`);
    if (!isServed) await pause(50);
  }
  return { isServed, isInTime: isServed && ms <= usableMs, found: found.join(', ') };
}
