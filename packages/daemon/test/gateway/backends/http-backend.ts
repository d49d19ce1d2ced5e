import { once } from 'node:events';
import type { GatewayBackend } from '../gateway-backend.ts';
import { createHangs } from './hangs.ts';
import { answerEcho, startJsonServer } from './json-server.ts';

/** The echo service as an HTTP service with JSON bodies. */
export const httpBackend: GatewayBackend = {
  name: 'http',
  shapes: ['unary'],
  async start() {
    const hangs = createHangs();
    const heard: string[] = [];
    const server = await startJsonServer(({ request, text }, response) => {
      heard.push(JSON.stringify([request.url, request.rawHeaders]));
      const answer = answerEcho(request.url?.split('/').at(-1), JSON.parse(text));
      if (answer === undefined) hangs.add(once(response, 'close'));
      else response.end(JSON.stringify(answer));
    });
    return {
      daemonConfig: { service_endpoint: `${server.endpoint}/api` },
      nextHang: hangs.next,
      heard,
      stop: server.stop,
    };
  },
};
