import type { ConnectRouter } from '@connectrpc/connect';
import { Code, ConnectError, type HandlerContext } from '@connectrpc/connect';
import { BaseError } from '@snetkit/core';
import { Health, HealthCheckResponse_ServingStatus as Status } from '@snetkit/protos/health';
import type { Probe } from '../observe/probe.ts';
import { serviceError } from './service-error.ts';

/** What the health service answers from. */
export interface HealthOptions {
  readonly probe: Probe;
  /** Aborted when the daemon begins to stop. */
  readonly stopping: AbortSignal;
  /** Milliseconds between two looks of a watcher; 5,000 unless given. */
  readonly watchIntervalMs?: number;
}

/**
 * `grpc.health.v1.Health` (daemon.md 1.7): alive is the daemon whose service is. `Check` of a dead
 * service is an error with code 2, as in the official daemon; `List` and `Watch` are by the book.
 */
export function registerHealth(router: ConnectRouter, options: HealthOptions): void {
  router.service(Health, {
    async check() {
      try {
        await options.probe.check();
        return { status: Status.SERVING };
      } catch (cause) {
        throw serviceError(`service heartbeat unknown: ${describe(cause)}`, cause);
      }
    },
    async list() {
      return { statuses: { '': { status: await look(options) } } };
    },
    watch: (_request, context) => watch(options, context),
  });
}

async function look({ probe, stopping }: HealthOptions): Promise<Status> {
  if (stopping.aborted) return Status.NOT_SERVING;
  return probe.check().then(
    () => Status.SERVING,
    () => Status.NOT_SERVING,
  );
}

/** Tells the status at once and then each time it changes, until the client or the daemon leaves. */
async function* watch(options: HealthOptions, { signal }: HandlerContext) {
  const { stopping, watchIntervalMs = 5_000 } = options;
  const end = AbortSignal.any([signal, stopping]);
  let last: Status | undefined;
  while (!signal.aborted) {
    const status = await look(options);
    if (status !== last) yield { status };
    last = status;
    if (stopping.aborted) throw new ConnectError('the daemon is stopping', Code.Unavailable);
    await pause(watchIntervalMs, end);
  }
}

function pause(ms: number, end: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      end.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    if (end.aborted) finish();
    else end.addEventListener('abort', finish, { once: true });
  });
}

function describe(cause: unknown): string {
  const { found, shortMessage } = BaseError.from(cause);
  return found ?? shortMessage;
}
