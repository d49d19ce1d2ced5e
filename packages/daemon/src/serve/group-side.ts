import { hostname } from 'node:os';
import { systemTimers } from '../accounts/account-ports.ts';
import type { Ownership } from '../accounts/ownership.ts';
import type { StopSwitch } from '../admission/stop-switch.ts';
import type { BlockClock } from '../chain/chain-view.ts';
import { type GroupState, type GroupWatch, startGroupWatch } from '../group/group-watch.ts';
import type { RegisteredReplica } from '../group/list-replicas.ts';
import { type Registration, registerReplica } from '../group/register-replica.ts';
import type { Counters } from '../observe/counters.ts';
import { announce, type Logger } from '../observe/logger.ts';
import { createReadiness, type Readiness } from '../observe/readiness.ts';
import type { Store } from '../store/store.ts';
import type { Closers } from './closers.ts';

/** What binds a replica to its group. */
export interface GroupSide {
  readonly watch: GroupWatch;
  readonly readiness: Readiness;
  /** Lets the group see that this replica serves; it is taken away by the closers, after the listener. */
  register(replica: { endpoint: string; serviceId: string; version: string }): Promise<void>;
}

/** What {@link startGroupSide} works with. */
export interface GroupSideOptions {
  readonly store: Store;
  readonly ownership: Ownership;
  readonly clock: Pick<BlockClock, 'current'>;
  readonly stopSwitch: StopSwitch;
  readonly counters: Counters;
  readonly log: Logger;
  /** Takes what must be closed again. */
  readonly closers: Closers;
  /** Told of the replicas of the group that live, this one included. */
  onReplicas(living: readonly RegisteredReplica[]): void;
  onFault(fault: unknown): void;
}

/**
 * Begins to follow what all replicas of the group must see. When this resolves, the stop switch stands
 * as the group's does: a group that was stopped stays so over every restart.
 *
 * @throws BaseError when the store cannot be read
 */
export async function startGroupSide(options: GroupSideOptions): Promise<GroupSide> {
  const { store, ownership, clock, stopSwitch, counters, log, closers } = options;
  const { onReplicas, onFault } = options;
  const running = new AbortController();
  const watch = startGroupWatch({
    store,
    timers: systemTimers,
    signal: running.signal,
    onFault,
    onReachable(isReachable, cause) {
      counters.group.storeUnreachable = isReachable ? 0 : 1;
      if (isReachable) log.warn({ event: 'store' }, 'The store answers again');
      else log.error({ event: 'store', error: cause }, 'The store does not answer');
    },
  });
  const readiness = createReadiness({ watch, clock });

  function follow({ control, epoch }: GroupState, before?: GroupState): void {
    stopSwitch.set(control.isStopped);
    counters.group.stopped = control.isStopped ? 1 : 0;
    if (control.isStopped !== (before?.control.isStopped ?? false)) {
      const { operator, switchedAt } = control;
      const message = control.isStopped
        ? 'THE GROUP IS STOPPED: every call is refused until an operator starts it again'
        : 'The group was started again';
      announce(
        log,
        { event: 'stop-switch', isStopped: control.isStopped, operator, switchedAt },
        message,
      );
    }
    if (before !== undefined && epoch !== before.epoch) {
      counters.group.epochs += 1;
      log.error(
        { event: 'epoch' },
        'Records were put into the store while this replica serves; it begins anew with what they say',
      );
      ownership.abandon().catch(onFault);
    }
  }

  follow(await watch.look());
  watch.subscribe(follow);
  let registration: Registration | undefined;
  closers.add(async () => {
    running.abort();
    await registration?.close();
  });
  return {
    watch,
    readiness,
    async register(replica) {
      registration = await registerReplica({
        store,
        ownership,
        watch,
        onReplicas,
        onFault,
        replica: {
          ...replica,
          host: hostname(),
          startedAt: systemTimers.wallSeconds(),
          processId: process.pid,
        },
      });
    },
  };
}
