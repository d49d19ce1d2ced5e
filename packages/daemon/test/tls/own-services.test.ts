import { expect, test } from 'vitest';
import { createOwnServices, isOwnPath } from '../../src/services/own-services.ts';
import { connectRaw } from '../harness/grpc-call.ts';
import { testConfiguration, testHealth } from '../services/start-own-services.ts';
import { tlsTexts } from '../store/etcd/tls.ts';
import { startRawService } from '../transport/raw-service.ts';
import { startTransport } from '../transport/start-transport.ts';

test('default: own services over TLS', async () => {
  await using service = await startRawService();
  const faults: unknown[] = [];
  const handler = createOwnServices({
    health: testHealth(),
    configuration: testConfiguration(),
    channelState: undefined,
    maxMessageBytes: 4e6,
    counters: { serviceRequests: 0 },
    onFault: (f) => faults.push(f),
  });
  await using transport = await startTransport(service, {
    ownServices: { owns: isOwnPath, handler },
    tls: { certificates: [tlsTexts], clientAuth: 'none' },
    connectClient: false,
  });
  const client = await connectRaw(transport.listener.endpoint);
  const answer = await client.call('/grpc.health.v1.Health/Check', {}, new Uint8Array());
  expect([answer, faults, transport.faults]).toMatchObject([{ status: 0 }, [], []]);
  await client.close();
});
