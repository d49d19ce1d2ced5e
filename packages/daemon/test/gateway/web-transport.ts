import { Agent } from 'node:http';
import type { GatewayTransport } from './gateway-transport.ts';
import { WebCall } from './web-call.ts';

/** gRPC-web over HTTP/1.1, as bytes or as base64 text. */
export function webTransport({ isText }: { isText: boolean }): GatewayTransport {
  return {
    name: isText ? 'gRPC-web text' : 'gRPC-web binary',
    // A browser cannot stream requests; the protocol and this client can.
    shapes: ['unary', 'server', 'client', 'bidi'],
    daemonConfig: {},
    connect(endpoint) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });
      return Promise.resolve({
        call: (path, headers) => new WebCall({ agent, endpoint, isText }, path, headers),
        [Symbol.asyncDispose]() {
          agent.destroy();
          return Promise.resolve();
        },
      });
    },
  };
}
