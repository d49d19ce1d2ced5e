import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { Health } from '../gen/grpc/health/v1/health_pb.ts';
import { TextService } from '../gen/text/v1/text_service_pb.ts';
import { healthService } from './health-service.ts';
import { createTextService, type EmitEvent } from './text-service.ts';

// Large messages would otherwise wait for a window update every 64 KiB.
const windowSize = 1 << 20;

/** Serves the example service over plaintext HTTP/2 on 127.0.0.1 and returns its `http://` endpoint. */
export async function listen(options: { port: number; emit: EmitEvent }): Promise<string> {
  const handler = connectNodeAdapter({
    grpcWeb: false,
    connect: false,
    routes(router) {
      router.service(TextService, createTextService(options.emit));
      router.service(Health, healthService);
    },
  });
  const server = createServer({ settings: { initialWindowSize: windowSize } }, handler);
  server.on('session', (session) => session.setLocalWindowSize(windowSize));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
