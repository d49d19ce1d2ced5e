// A listener in a process of its own, so that its memory and its descriptors are its own, too.
import { readdirSync } from 'node:fs';
import type { Exchange } from '../../src/call/exchange.ts';
import type { ListenerLimits } from '../../src/listener/listener-options.ts';
import { startListener } from '../../src/listener/start-listener.ts';
import { createOwnServices, isOwnPath } from '../../src/services/own-services.ts';
import { createGrpcUpstream } from '../../src/upstreams/grpc.ts';
import { testConfiguration, testHealth } from '../services/start-own-services.ts';

const [endpoint = '', limits = '{}'] = process.argv.slice(2);
const upstream = createGrpcUpstream({ endpoint });
let faults = 0;
const gone = { code: 1, message: 'the client left' };
const notPaid = { code: 16, message: 'payment signature is not valid' };

async function onCall(exchange: Exchange): Promise<void> {
  // Before a call is paid, the daemon has answered it.
  if (exchange.head.path === '/unpaid.Service/Call') return exchange.end(notPaid);
  exchange.forward({ set: {}, drop: new Set() });
  const first = await exchange.response;
  if (first !== 'message') return exchange.end(first === 'left' ? gone : first);
  if (exchange.release() === 'gone') return exchange.end(gone);
  const end = exchange.ended ?? (await exchange.done);
  exchange.end(end === 'left' ? gone : end);
}

const listener = await startListener({
  host: '127.0.0.1',
  port: 0,
  upstream,
  onCall,
  ownServices: {
    owns: isOwnPath,
    handler: createOwnServices({
      health: testHealth(),
      configuration: testConfiguration(),
      channelState: undefined,
      maxMessageBytes: 4 * 2 ** 20,
      counters: { serviceRequests: 0 },
      onFault,
    }),
  },
  http1: (_request, response) => void response.end('plain'),
  limits: JSON.parse(limits) as Partial<ListenerLimits>,
  onFault,
});

function onFault(fault: unknown): void {
  console.error('fault', fault);
  faults++;
}

process.on('message', () => {
  if (!process.connected) return;
  globalThis.gc?.();
  process.send?.({
    counters: listener.counters,
    faults,
    rssBytes: process.memoryUsage.rss(),
    descriptors: readdirSync('/proc/self/fd').length,
  });
});
process.on('disconnect', () => process.exit());
process.send?.({ endpoint: listener.endpoint, port: listener.port });
