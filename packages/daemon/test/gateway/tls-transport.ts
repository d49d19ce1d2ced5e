import { once } from 'node:events';
import { connect } from 'node:http2';
import { tlsFiles, tlsTexts } from '../store/etcd/tls.ts';
import type { GatewayTransport } from './gateway-transport.ts';
import { Http2Call } from './http2-call.ts';

/** gRPC over HTTP/2 with TLS. */
export const tlsTransport: GatewayTransport = {
  name: 'TLS h2',
  shapes: ['unary', 'server', 'client', 'bidi'],
  daemonConfig: { ssl_cert: tlsFiles.certFile, ssl_key: tlsFiles.keyFile },
  async connect(endpoint) {
    const session = connect(endpoint.replace('http:', 'https:'), {
      maxSessionMemory: 256,
      ca: tlsTexts.cert,
    });
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
