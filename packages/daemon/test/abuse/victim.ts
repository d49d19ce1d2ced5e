import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ListenerCounters } from '../../src/listener/listener-counters.ts';
import type { ListenerLimits } from '../../src/listener/listener-options.ts';
import { type RawService, type ServedCall, startRawService } from '../transport/raw-service.ts';
import { startNeighbour } from './neighbour.ts';

/** What a listener says of itself. */
export interface VictimState {
  readonly counters: ListenerCounters;
  readonly rssBytes: number;
  readonly descriptors: number;
}

/** A listener in a process of its own, with a well-behaved client that calls it all the time. */
export interface Victim {
  readonly endpoint: string;
  readonly port: number;
  readonly service: RawService;
  /** After a garbage collection. */
  look(): Promise<VictimState>;
  /** Ends the well-behaved client; resolves with the calls that it lost, and milliseconds of the slowest. */
  finish(): Promise<{ calls: number; lost: readonly string[]; slowestMs: number }>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts service, listener and client. The service answers `/echo.Service/Call` and leaves the rest to `onCall`. */
export async function startVictim(
  options: { limits?: Partial<ListenerLimits>; onCall?: (call: ServedCall) => void } = {},
): Promise<Victim> {
  const service = await startRawService((call) => {
    if (call.headers[':path'] === '/echo.Service/Call') {
      call.read().send('well');
      call.end();
    } else options.onCall?.(call);
  });
  const child: ChildProcess = fork(
    fileURLToPath(new URL('./listener-child.ts', import.meta.url)),
    [service.endpoint, JSON.stringify(options.limits ?? {})],
    { execArgv: ['--conditions=@snetkit/source', '--expose-gc'] },
  );
  const [{ endpoint, port }] = (await once(child, 'message')) as [
    { endpoint: string; port: number },
  ];
  const neighbour = await startNeighbour(endpoint);
  return {
    endpoint,
    port,
    service,
    async look() {
      child.send('look');
      const [state] = await once(child, 'message');
      return state as VictimState;
    },
    finish: () => neighbour.finish(),
    async [Symbol.asyncDispose]() {
      await neighbour.finish();
      child.disconnect();
      await once(child, 'exit');
      await service.stop();
    },
  };
}
