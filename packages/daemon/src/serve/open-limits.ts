import { createRateLimits, type RateLimits } from '../admission/rate-limits.ts';
import type { Config } from '../config/schema.ts';
import type { RegisteredReplica } from '../group/list-replicas.ts';
import type { Counters } from '../observe/counters.ts';
import type { Logger } from '../observe/logger.ts';

/** The limits of a daemon, which follow how many replicas share them. */
export interface OpenedLimits extends RateLimits {
  /** Takes the replicas of the group that live; those of other services have limits of their own. */
  follow(living: readonly RegisteredReplica[]): void;
}

/** Builds the limits of the configuration, and says when one of them limits nothing. */
export function openLimits(options: {
  readonly config: Config;
  readonly counters: Pick<Counters, 'limited' | 'group'>;
  readonly log: Pick<Logger, 'warn' | 'info'>;
}): OpenedLimits {
  const { config, counters, log } = options;
  const { service_id: serviceId, rate_limit_per_minute: perMinute = 0, burst_size: burst } = config;
  if (perMinute > 0 && burst >= unlimitedBurst) {
    log.warn(
      { event: 'limits' },
      'rate_limit_per_minute limits nothing while burst_size has its default: set burst_size to the number of calls that may come at once',
    );
  }
  const limits = createRateLimits({
    settings: config,
    now: () => performance.now(),
    onLimited(kind) {
      counters.limited[kind] += 1;
    },
  });
  return {
    ...limits,
    follow(living) {
      const replicas = Math.max(1, living.filter((one) => one.serviceId === serviceId).length);
      if (replicas === counters.group.replicas) return;
      counters.group.replicas = replicas;
      limits.setReplicas(replicas);
      log.info({ event: 'replicas', replicas }, 'Replicas that share the limits');
    },
  };
}

/** The default of the official daemon. */
const unlimitedBurst = 2_147_483_647;
