import { BaseError } from '@snetkit/core';
import type { CallWatch } from '../call/call-watch.ts';
import type { CallHead } from '../call/exchange.ts';
import type { Config } from '../config/schema.ts';
import { watchCalls } from '../observe/calls/watch-calls.ts';
import type { Counters } from '../observe/counters.ts';
import type { Logger } from '../observe/logger.ts';
import { callFamilies } from '../observe/metrics/call-families.ts';
import { startProcessMeter } from '../observe/metrics/process-families.ts';
import { startMetricsServer } from '../observe/metrics-server.ts';
import { paidTrainingMethods } from '../training/paid-methods.ts';
import type { Closers } from './closers.ts';
import type { PaidSide } from './paid-side.ts';

/** What {@link openObservation} works with. */
export interface ObservationOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly counters: Counters;
  /** Absent without a chain. */
  readonly paid: PaidSide | undefined;
  /** Takes what must be closed again, after the listener. */
  readonly closers: Closers;
}

/**
 * Starts whatever tells of this daemon: metrics, and the watch over calls. What is not configured is
 * not loaded.
 *
 * @returns who watches a call
 * @throws BaseError when the port for metrics cannot be had
 */
export async function openObservation(
  options: ObservationOptions,
): Promise<(head: CallHead) => CallWatch> {
  const { config, log, counters, paid, closers } = options;
  if (config.metrics_endpoint !== undefined) {
    const meter = startProcessMeter();
    closers.add(() => meter.close());
    const metrics = await startMetricsServer(config.metrics_endpoint, counters, {
      token: config.metrics_token,
      families: () => [...callFamilies(counters), ...meter.families()],
    });
    closers.add(() => metrics.close());
    log.info({ event: 'metrics', url: metrics.url }, 'Metrics');
  }
  return watchCalls({ counters, log, sinks: {}, isPublished: publishedPaths(paid) });
}

/** Undefined where nobody knows, because the protos do not compile or there are none. */
function publishedPaths(paid: PaidSide | undefined): ((path: string) => boolean) | undefined {
  if (paid === undefined || paid.protos instanceof BaseError) return undefined;
  const { methods } = paid.protos;
  return (path) => methods.has(path) || paidTrainingMethods.has(path);
}
