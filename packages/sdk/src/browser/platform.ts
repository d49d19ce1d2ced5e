import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { createMemoryLedger } from '@snetkit/payments';
import type { Platform } from '../platform/platform.ts';

/**
 * Browsers, and whatever else has `fetch`: gRPC-web, and a ledger that ends with the page. Streams of
 * requests cannot be sent this way.
 */
export const platform: Platform = {
  name: 'browser',
  connect: ({ endpoint }) => ({
    endpoint,
    createTransport: (interceptors) => createGrpcWebTransport({ baseUrl: endpoint, interceptors }),
    close: () => {},
  }),
  openLedger: () => createMemoryLedger(),
};
