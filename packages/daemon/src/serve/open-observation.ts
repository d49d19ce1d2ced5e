import { BaseError, getDaemonId } from '@snetkit/core';
import type { CallWatch } from '../call/call-watch.ts';
import type { CallHead } from '../call/exchange.ts';
import type { Config } from '../config/schema.ts';
import { startAlerts } from '../observe/alerts/start-alerts.ts';
import type { CallSinks } from '../observe/calls/call-report.ts';
import { watchCalls } from '../observe/calls/watch-calls.ts';
import type { Counters } from '../observe/counters.ts';
import { createDeliveryCounters } from '../observe/delivery/delivery-queue.ts';
import type { Logger } from '../observe/logger.ts';
import { callFamilies } from '../observe/metrics/call-families.ts';
import { startProcessMeter } from '../observe/metrics/process-families.ts';
import { startMetricsServer } from '../observe/metrics-server.ts';
import type { Probe } from '../observe/probe.ts';
import type { Readiness } from '../observe/readiness.ts';
import { paidTrainingMethods } from '../training/paid-methods.ts';
import { type Closers, createParallelClosers } from './closers.ts';
import type { PaidSide } from './paid-side.ts';

/** What {@link openObservation} works with. */
export interface ObservationOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly counters: Counters;
  /** Absent without a chain. */
  readonly paid: PaidSide | undefined;
  readonly probe: Probe;
  readonly readiness: Readiness;
  /** Base64 text; empty without a chain. */
  readonly groupId: string;
  readonly registryAddress: string;
  /** `v0.1.0`. */
  readonly version: string;
  /** Takes what must be closed again, after the listener. */
  readonly closers: Closers;
  onFault(fault: unknown): void;
}

/** Milliseconds that reports and alerts have at the end. */
const lastMs = 5_000;

/**
 * Starts whatever tells of this daemon: metrics, traces, metering, alerts, and the watch over calls.
 * What is not configured is not loaded.
 *
 * @returns who watches a call
 * @throws BaseError when the port for metrics cannot be had, or the metering service refuses this daemon
 */
export async function openObservation(
  options: ObservationOptions,
): Promise<(head: CallHead) => CallWatch> {
  const { counters, log, paid, onFault } = options;
  await openMetrics(options);
  // Whoever is told may be away, and what comes after them must not wait for each in turn.
  const closers = createParallelClosers();
  options.closers.add(() => closers.close(onFault));
  const tellers = { ...options, closers };
  await openAlerts(tellers);
  const sinks: CallSinks = { trace: await openTraces(tellers), meter: await openMeter(tellers) };
  return watchCalls({ counters, log, sinks, isPublished: publishedPaths(paid) });
}

async function openMetrics({ config, counters, closers, log }: ObservationOptions): Promise<void> {
  if (config.metrics_endpoint === undefined) return;
  const meter = startProcessMeter();
  closers.add(() => meter.close());
  const metrics = await startMetricsServer(config.metrics_endpoint, counters, {
    token: config.metrics_token,
    families: () => [...callFamilies(counters), ...meter.families()],
  });
  closers.add(() => metrics.close());
  log.info({ event: 'metrics', url: metrics.url }, 'Metrics');
}

async function openAlerts(options: ObservationOptions): Promise<void> {
  const { config, log, counters, paid, probe, readiness, closers, onFault } = options;
  const { organization_id: organizationId, service_id: serviceId } = config;
  const { groupId, registryAddress, version } = options;
  const daemonId = getDaemonId({ organizationId, serviceId, groupId, registryAddress });
  const alerts = await startAlerts({
    ...{ config, log, probe, readiness, onFault, deliveries: counters.deliveries },
    money: paid && { store: paid.store, chain: paid.chain, clock: paid.channelState.clock },
    origin: { daemonId, organizationId, serviceId, version },
  });
  closers.add(() => alerts.close({ ms: lastMs }));
}

async function openTraces(options: ObservationOptions): Promise<CallSinks['trace']> {
  if (options.config.traces_endpoint === undefined) return undefined;
  const { startTracing } = await import('../observe/tracing/start-tracing.ts');
  const tracing = startTracing(options);
  options.closers.add(() => tracing.close());
  return tracing.start;
}

async function openMeter(options: ObservationOptions): Promise<CallSinks['meter']> {
  const { config, counters, paid, closers } = options;
  if (!config.metering_enabled) return undefined;
  const { startMetering } = await import('../observe/metering/start-metering.ts');
  const deliveries = createDeliveryCounters();
  counters.deliveries['metering'] = deliveries;
  const metering = await startMetering({
    ...options,
    counters: deliveries,
    chain: paid?.chain,
    clock: paid?.channelState.clock,
  });
  closers.add(() => metering.close({ ms: lastMs }));
  return metering.report;
}

/** Undefined where nobody knows, because the protos do not compile or there are none. */
function publishedPaths(paid: PaidSide | undefined): ((path: string) => boolean) | undefined {
  if (paid === undefined || paid.protos instanceof BaseError) return undefined;
  const { methods } = paid.protos;
  return (path) => methods.has(path) || paidTrainingMethods.has(path);
}
