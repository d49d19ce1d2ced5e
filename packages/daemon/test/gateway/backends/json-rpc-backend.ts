import { once } from 'node:events';
import type { GatewayBackend } from '../gateway-backend.ts';
import { createHangs } from './hangs.ts';
import { answerEcho, startJsonServer } from './json-server.ts';

/** The echo service in JSON-RPC 2.0. */
export const jsonRpcBackend: GatewayBackend = {
  name: 'jsonrpc',
  shapes: ['unary'],
  async start() {
    const hangs = createHangs();
    const heard: string[] = [];
    const server = await startJsonServer(({ request, text }, response) => {
      heard.push(JSON.stringify(request.rawHeaders));
      const { method, params, id } = JSON.parse(text);
      const result = answerEcho(method, params);
      if (result === undefined) hangs.add(once(response, 'close'));
      else response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
    });
    return {
      daemonConfig: { service_endpoint: server.endpoint },
      nextHang: hangs.next,
      heard,
      stop: server.stop,
    };
  },
};
