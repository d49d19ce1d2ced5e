import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
import { openFileLedger } from '@snetkit/payments/node';
import type { Platform } from '../platform/platform.ts';

// Beside the 64 KiB of the protocol, which let a distant service send only so much per round trip.
const streamWindowBytes = 4 * 1024 * 1024;

/** Node: gRPC over HTTP/2 (cleartext for `http://`), and the ledger of this user in files. */
export const platform: Platform = {
  name: 'node',
  connect({ endpoint, maxMessageBytes }) {
    const settings = { initialWindowSize: streamWindowBytes, enablePush: false };
    const sessionManager = new Http2SessionManager(endpoint, {}, { settings });
    return {
      endpoint,
      canStreamRequests: true,
      createTransport: (interceptors) =>
        createGrpcTransport({
          baseUrl: endpoint,
          sessionManager,
          interceptors,
          readMaxBytes: maxMessageBytes,
        }),
      close: () => sessionManager.abort(),
    };
  },
  openLedger: (options) => openFileLedger(options),
};
