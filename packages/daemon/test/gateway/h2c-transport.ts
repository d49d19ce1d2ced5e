import { once } from 'node:events';
import { connect } from 'node:http2';
import type { GatewayTransport } from './gateway-transport.ts';
import { Http2Call } from './http2-call.ts';

/** gRPC over HTTP/2 without TLS. */
export const h2cTransport: GatewayTransport = {
  name: 'h2c',
  shapes: ['unary', 'server', 'client', 'bidi'],
  daemonConfig: {},
  async connect(endpoint) {
    const session = connect(endpoint, { maxSessionMemory: 256 });
    session.on('error', () => {});
    await once(session, 'connect');
    return {
      call: (path, headers) => new Http2Call(session, path, headers),
      async [Symbol.asyncDispose]() {
        if (session.destroyed) return;
        session.destroy();
        await once(session, 'close');
      },
    };
  },
};
