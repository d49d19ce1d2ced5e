import { Code, ConnectError, type ConnectRouter, type HandlerContext } from '@connectrpc/connect';
import { BaseError } from '@snetkit/core';
import { Health, HealthCheckResponse_ServingStatus as Status } from '@snetkit/protos/health';
import type { Probe } from '../observe/probe.ts';
import type { Obstacle, Readiness } from '../observe/readiness.ts';
import { serviceError } from './service-error.ts';

/** What the health service answers from. */
export interface HealthOptions {
  readonly probe: Probe;
  readonly readiness: Readiness;
  /** Services that are listed beside the whole server, each with what keeps it from serving. */
  readonly services: ReadonlyMap<string, ServiceNeeds>;
  /** Aborted when the daemon begins to stop. */
  readonly stopping: AbortSignal;
  /** Milliseconds between two looks of a watcher; 5,000 unless given. */
  readonly watchIntervalMs?: number;
}

/** When a service counts as serving. `upstream`: as the whole server does; `absent`: never. */
export type ServiceNeeds = 'upstream' | 'absent' | readonly Obstacle[];

/**
 * `grpc.health.v1.Health` (daemon.md 1.7). The whole server serves when its service is alive and
 * nothing stands in the way. `Check` answers for the whole server, whatever name is asked for, and of
 * a dead service with an error of code 2, as the official daemon does; `List` and `Watch` are by the book.
 */
export function registerHealth(router: ConnectRouter, options: HealthOptions): void {
  router.service(Health, {
    async check() {
      if (isStopping(options)) return { status: Status.NOT_SERVING };
      try {
        await options.probe.check();
        return { status: Status.SERVING };
      } catch (cause) {
        throw serviceError(`service heartbeat unknown: ${describe(cause)}`, cause);
      }
    },
    async list() {
      const names = ['', ...options.services.keys()];
      const statuses = names.map(async (name) => [name, { status: await look(name, options) }]);
      return { statuses: Object.fromEntries(await Promise.all(statuses)) };
    },
    watch: (request, context) => watch(request.service, options, context),
  });
}

function isStopping({ stopping, readiness }: HealthOptions): boolean {
  return stopping.aborted || readiness.obstacles().length > 0;
}

async function look(name: string, options: HealthOptions): Promise<Status> {
  const { probe, services, readiness, stopping } = options;
  const needs = name === '' ? 'upstream' : services.get(name);
  if (needs === undefined) return Status.SERVICE_UNKNOWN;
  if (needs === 'absent' || stopping.aborted) return Status.NOT_SERVING;
  if (needs === 'upstream') {
    if (isStopping(options)) return Status.NOT_SERVING;
    return probe.check().then(
      () => Status.SERVING,
      () => Status.NOT_SERVING,
    );
  }
  const obstacles = readiness.obstacles();
  return needs.some((need) => obstacles.includes(need)) ? Status.NOT_SERVING : Status.SERVING;
}

/** Tells the status at once and then each time it changes, until the client or the daemon leaves. */
async function* watch(name: string, options: HealthOptions, { signal }: HandlerContext) {
  const { stopping, readiness, watchIntervalMs = 5_000 } = options;
  const end = AbortSignal.any([signal, stopping]);
  let last: Status | undefined;
  while (!signal.aborted) {
    const obstacles = readiness.obstacles().join();
    const status = await look(name, options);
    if (status !== last) yield { status };
    last = status;
    if (stopping.aborted) throw new ConnectError('the daemon is stopping', Code.Unavailable);
    await pause(watchIntervalMs, {
      end,
      readiness,
      // A stop is told at once, not with the next look.
      isOver: () => readiness.obstacles().join() !== obstacles,
    });
  }
}

function pause(
  ms: number,
  options: { end: AbortSignal; readiness: Readiness; isOver: () => boolean },
): Promise<void> {
  const { end, readiness, isOver } = options;
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      unsubscribe();
      end.removeEventListener('abort', finish);
      resolve();
    };
    const unsubscribe = readiness.subscribe(() => {
      if (isOver()) finish();
    });
    const timer = setTimeout(finish, ms);
    if (end.aborted) finish();
    else end.addEventListener('abort', finish, { once: true });
  });
}

function describe(cause: unknown): string {
  const { found, shortMessage } = BaseError.from(cause);
  return found ?? shortMessage;
}
