import { openPayingChannel, type PayingChannel } from '../harness/paying-channel.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { startTestNetwork, type TestNetwork } from '../shell/start-test-network.ts';
import { type ClientEnd, connectRawClient } from '../transport/raw-client.ts';
import { type RawService, type ServedCall, startRawService } from '../transport/raw-service.ts';

/** A method of the published service. */
export const path = '/text.v1.TextService/Detect';

/** A local network with a service that does what a test wants, and a channel that pays for it. */
export interface ObservedService {
  readonly network: TestNetwork;
  readonly service: RawService;
  readonly channel: PayingChannel;
  /** Cogs of the calls that were charged. */
  readonly paid: bigint;
  /** Starts a daemon in front of the service; all of them keep payments in one store. */
  start(change?: Readonly<Record<string, unknown>>): Promise<StartedSnetd>;
  /** A call that is paid and served, or ended by the service with a status. */
  call(
    endpoint: string,
    options?: { headers?: Readonly<Record<string, string>>; status?: string },
  ): Promise<{ end: ClientEnd; served: ServedCall }>;
  /** Starts the service anew, on the port that it had. */
  restartService(port: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it. */
export async function startObservedService(): Promise<ObservedService> {
  const network = await startTestNetwork({ service: false });
  let service = await startRawService();
  const channel = await openPayingChannel(network.devnet);
  let paid = 0n;
  return {
    network,
    channel,
    get service() {
      return service;
    },
    get paid() {
      return paid;
    },
    start: (change = {}) =>
      network.start({
        service_endpoint: service.endpoint,
        payment_channel_storage_path: `${network.directory}/observed`,
        ...change,
      }),
    async call(endpoint, { headers, status = '0' } = {}) {
      await using client = await connectRawClient(endpoint);
      const payment = await channel.sign(paid + network.devnet.price);
      const call = client.call(path, { ...payment, ...headers });
      call.end('hello');
      const served = (await service.next()).read();
      if (status === '0') served.send('answer');
      served.end({ 'grpc-status': status });
      const end = await call.ended;
      if (end.status === '0') paid += network.devnet.price;
      return { end, served };
    },
    async restartService(port) {
      service = await startRawService(undefined, { port });
    },
    async stop() {
      await service.stop();
      await network.stop();
    },
  };
}
