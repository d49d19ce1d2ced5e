import { BaseError } from '@snetkit/core';
import type { BlockClock, ChainView } from '../../chain/chain-view.ts';
import type { Store } from '../../store/store.ts';
import type { Probe } from '../probe.ts';
import type { Readiness } from '../readiness.ts';
import type { Alert, AlertKind, Condition } from './alert.ts';
import { createAlertBook } from './alert-book.ts';
import { describeUnclaimed } from './describe-unclaimed.ts';
import { findUnclaimed } from './find-unclaimed.ts';

/** What is watched, and who is told. */
export interface WatchConditionsOptions {
  /** Absent: nobody wants to know whether the service is there. */
  readonly probe: Probe | undefined;
  readonly readiness: Readiness;
  /** Absent without a chain. */
  readonly money:
    | { readonly store: Pick<Store, 'list'>; readonly chain: ChainView; readonly clock: BlockClock }
    | undefined;
  readonly intervalMs: number;
  readonly repeatMs: number;
  /** How long before its expiry a channel is told; 0 for never. */
  readonly withinMs: number;
  /** Shortest time between two blocks. */
  readonly blockMs: number;
  readonly onAlert: (alert: Alert) => void;
  readonly onFault: (fault: unknown) => void;
}

/** Channels are looked through each so many times: that reads the whole store. */
const unclaimedEvery = 10;
/** What joins an alert that was told is told no sooner than this. */
const gapMs = 3_600_000;
/** The service is told to be away when it was so twice: a restart of it is no news. */
const failuresUntilTold = 2;

/** Looks every now and then whether something needs an operator; returns how to stop that. */
export function watchConditions(options: WatchConditionsOptions): () => void {
  const { probe, readiness, money, intervalMs, repeatMs, withinMs, blockMs } = options;
  const book = createAlertBook({ repeatMs, gapMs: Math.min(gapMs, repeatMs) });
  let looks = 0;
  let failures = 0;
  let isLooking = false;

  async function lookForService(): Promise<Condition | undefined> {
    try {
      await probe?.check();
      failures = 0;
      return undefined;
    } catch (cause) {
      failures += 1;
      if (failures < failuresUntilTold) return undefined;
      const { found, shortMessage } = BaseError.from(cause);
      return {
        kind: 'service',
        title: 'Problem in calling Service Heartbeat endpoint.',
        items: [{ id: 'service', line: found ?? shortMessage }],
        hint: 'Start the service, and check service_endpoint and heartbeat_endpoint.',
      };
    }
  }

  async function lookForMoney(): Promise<Condition | undefined> {
    if (money === undefined) return undefined;
    const latest = money.clock.current();
    const before = latest + BigInt(Math.ceil(withinMs / blockMs));
    const unclaimed = await findUnclaimed({ ...money, before });
    return describeUnclaimed(unclaimed, { latest, blockMs });
  }

  async function look(): Promise<void> {
    const obstacles = readiness.obstacles();
    const found: (Condition | undefined)[] = [await lookForService()];
    const looked: AlertKind[] = ['service', 'store', 'chain'];
    if (obstacles.includes('store')) found.push(storeAway);
    if (obstacles.includes('chain')) found.push(chainAway);
    // What nobody can read now is neither there nor gone.
    const isReadable = obstacles.every((obstacle) => obstacle === 'stopped');
    if (withinMs > 0 && isReadable && looks % unclaimedEvery === 0) {
      found.push(await lookForMoney());
      looked.push('unclaimed');
    }
    looks += 1;
    const conditions = found.filter((condition) => condition !== undefined);
    for (const alert of book.update({ now: performance.now(), looked, conditions })) {
      options.onAlert(alert);
    }
  }

  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      // A store that went away meanwhile is told by the next look.
      .catch((cause) => (cause instanceof BaseError ? undefined : options.onFault(cause)))
      .finally(() => {
        isLooking = false;
      });
  }, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}

const storeAway: Condition = {
  kind: 'store',
  title: 'The store of the group does not answer: no call is served',
  items: [{ id: 'store', line: 'No payment can be kept, so that every paid call is refused.' }],
  hint: 'Bring the store back; nothing that was accepted is lost.',
};

const chainAway: Condition = {
  kind: 'chain',
  title: 'The node of the chain has told of no block for too long',
  items: [
    { id: 'chain', line: 'Calls on known channels go on for a while; new channels are refused.' },
  ],
  hint: 'Check ethereum_json_rpc_http_endpoint and its provider.',
};
