import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ListenerCounters } from '../../src/listener/listener-counters.ts';
import type { ListenerLimits } from '../../src/listener/listener-options.ts';
import { type RawService, type ServedCall, startRawService } from '../transport/raw-service.ts';
import { type Neighbour, startNeighbour } from './neighbour.ts';

/** What a listener says of itself. */
export interface VictimState {
  readonly counters: ListenerCounters;
  /** What must never happen. */
  readonly faults: number;
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
  readonly neighbour: Neighbour;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The service must not be what gives way first. */
const patientService = {
  maxSessionMemory: 1000,
};

/** An attack from many addresses is one from an address that has no caps. */
const behindBalancer: Partial<ListenerLimits> = {
  uncappedAddresses: [{ address: '127.0.0.0', prefix: 8, family: 'ipv4' }],
};

/** How the executable of the daemon runs (`deploy/src/executable`). */
const asBuilt = ['--max-semi-space-size=2'];

/** Starts service, listener and client. The service answers `/echo.Service/Call` and leaves the rest to `onCall`. */
export async function startVictim(
  options: { limits?: Partial<ListenerLimits>; onCall?: (call: ServedCall) => void } = {},
): Promise<Victim> {
  const service = await startRawService((call) => {
    if (call.headers[':path'] === '/echo.Service/Call') {
      call.read().send('well');
      call.end();
    } else options.onCall?.(call);
  }, patientService);
  const child: ChildProcess = fork(
    fileURLToPath(new URL('./listener-child.ts', import.meta.url)),
    [service.endpoint, JSON.stringify({ ...behindBalancer, ...options.limits })],
    { execArgv: ['--conditions=@snetkit/source', '--expose-gc', ...asBuilt] },
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
    neighbour,
    async [Symbol.asyncDispose]() {
      await neighbour.stop();
      child.disconnect();
      await once(child, 'exit');
      await service.stop();
    },
  };
}
