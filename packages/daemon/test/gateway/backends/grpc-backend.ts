import { type ServedCall, startRawService } from '../../transport/raw-service.ts';
import { decodePayload, encodePayload } from '../echo-service.ts';
import type { GatewayBackend } from '../gateway-backend.ts';
import { createHangs } from './hangs.ts';

/** The echo service in gRPC, on core streams. */
export const grpcBackend: GatewayBackend = {
  name: 'grpc',
  shapes: ['unary', 'server', 'client', 'bidi'],
  async start() {
    const hangs = createHangs();
    const heard: string[] = [];
    const service = await startRawService(
      (call) => {
        heard.push(JSON.stringify(call.headers));
        const method = String(call.headers[':path']).split('/').at(-1);
        if (method === 'Hang') hangs.add(call.closed);
        else if (call.headers['grpc-encoding'] !== undefined) mirror(call);
        else void answer(call.read(), method);
      },
      { settings: { initialWindowSize: 1 << 20, maxConcurrentStreams: 1000 } },
    );
    return {
      daemonConfig: { service_endpoint: service.endpoint },
      nextHang: hangs.next,
      heard,
      stop: () => service.stop(),
    };
  },
};

/** Gives back every byte, frames and all. */
function mirror(call: ServedCall): void {
  call.respond({ 'grpc-encoding': String(call.headers['grpc-encoding']) });
  call.stream.on('data', (chunk: Buffer) => call.stream.write(chunk));
  call.stream.on('end', () => call.end());
}

async function answer(call: ServedCall, method: string | undefined): Promise<void> {
  let last: Buffer | undefined;
  for (let next = await call.requests.nextBytes(); next; next = await call.requests.nextBytes()) {
    last = next;
    if (method === 'Bidi') call.send(next);
  }
  const message = last ?? Buffer.alloc(0);
  if (method === 'Unary' || method === 'Client') call.send(message);
  if (method === 'Server') for (let turn = 0; turn < 3; turn++) call.send(message);
  if (method === 'Grow') {
    call.send(encodePayload({ data: Buffer.alloc(Number(decodePayload(message).count)) }));
  }
  call.end();
}
