import { getFastestBlockTime } from '../../config/fastest-block-time.ts';
import type { Config } from '../../config/schema.ts';
import {
  createDeliveryCounters,
  createDeliveryQueue,
  type DeliveryCounters,
} from '../delivery/delivery-queue.ts';
import type { Logger } from '../logger.ts';
import type { Probe } from '../probe.ts';
import type { Readiness } from '../readiness.ts';
import type { Alert } from './alert.ts';
import { createNotifiers, type Notifier, type Origin } from './notifiers.ts';
import { type WatchConditionsOptions, watchConditions } from './watch-conditions.ts';

/** What alerts are made from. */
export interface AlertsOptions extends Pick<WatchConditionsOptions, 'money' | 'onFault'> {
  readonly config: Config;
  readonly log: Logger;
  readonly probe: Probe;
  readonly readiness: Readiness;
  readonly origin: Origin;
  /** Where deliveries are counted, by the name of the way. */
  readonly deliveries: Record<string, DeliveryCounters>;
}

/** A running watch. */
export interface Alerts {
  /** Looks no more; tells what waits, for at most `ms`. */
  close(options: { ms: number }): Promise<void>;
}

const maxWaiting = 100;

/** Starts to watch for what needs an operator. It is always told to the log, and to whoever is configured. */
export async function startAlerts(options: AlertsOptions): Promise<Alerts> {
  const { config, log, probe, readiness, money, deliveries, onFault } = options;
  const notifiers = await createNotifiers(config, options.origin);
  const queues = notifiers.map((notifier) => queueFor(notifier, { log, deliveries }));
  const stop = watchConditions({
    // Without anybody to tell it, the service need not be asked: each call shows whether it is there.
    ...{ probe: notifiers.length > 0 ? probe : undefined, readiness, money, onFault },
    intervalMs: config.alerts_interval,
    repeatMs: config.alerts_repeat,
    withinMs: config.alerts_unclaimed_within,
    blockMs: getFastestBlockTime(config),
    onAlert(alert) {
      tell(log, alert);
      for (const queue of queues) queue.push({ ...alert, at: new Date() });
    },
  });
  return {
    async close(how) {
      stop();
      await Promise.all(queues.map((queue) => queue.close(how)));
      for (const notifier of notifiers) notifier.close?.();
    },
  };
}

function queueFor(
  notifier: Notifier,
  { log, deliveries }: Pick<AlertsOptions, 'log' | 'deliveries'>,
) {
  const counters = createDeliveryCounters();
  deliveries[notifier.name] = counters;
  return createDeliveryQueue<Alert & { at: Date }>({
    counters,
    ...{ maxItems: maxWaiting, width: 1 },
    send: (alert, signal) => notifier.notify(alert, signal),
    onTrouble({ dropped, cause }) {
      const fields = { event: 'alert-delivery', way: notifier.name, dropped, error: cause };
      if (dropped === undefined)
        log.warn(fields, 'An alert cannot be delivered; it is tried again');
      else log.error(fields, 'An alert was not delivered');
    },
  });
}

function tell(log: Logger, { kind, state, title, lines, hint }: Alert): void {
  const fields = { event: 'alert', kind, state, lines, hint };
  if (state === 'raised') log.error(fields, title);
  else log.info(fields, title);
}
