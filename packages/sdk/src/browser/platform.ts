import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { createMemoryLedger } from '@snetkit/payments';
import { openIndexedDbLedger } from '@snetkit/payments/browser';
import type { Platform } from '../platform/platform.ts';
import { createRoute } from './create-route.ts';
import { limitMessages } from './limit-messages.ts';

/**
 * Browsers, and whatever else has `fetch`: gRPC-web, and a ledger that all tabs of the site share; one
 * that ends with the program where nothing can be kept. Streams of requests cannot be sent this way.
 */
export const platform: Platform = {
  name: 'browser',
  connect({ endpoints, maxMessageBytes }) {
    const route = createRoute(endpoints);
    const fetch = limitMessages(route.fetch, maxMessageBytes);
    return {
      get endpoint() {
        return route.endpoint;
      },
      canStreamRequests: false,
      createTransport: (interceptors, codec) =>
        createGrpcWebTransport({ baseUrl: endpoints[0], interceptors, fetch, ...codec }),
      close: () => {},
    };
  },
  // A wallet keeps its own list of what it has sent.
  openJournal: () => undefined,
  openLedger: () => (canKeep() ? openIndexedDbLedger() : createMemoryLedger()),
};

/** Pages that are not served securely have no locks, and other runtimes have no database. */
function canKeep(): boolean {
  return globalThis.indexedDB !== undefined && globalThis.navigator?.locks !== undefined;
}
