import { join } from 'node:path';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { openFileJournal } from '@snetkit/contracts/node';
import { openFileLedger } from '@snetkit/payments/node';
import type { Platform } from '../platform/platform.ts';
import { createDaemonSessions } from './daemon-sessions.ts';

/** Node: gRPC over HTTP/2 (cleartext for `http://`), and ledger and journal of this user in files. */
export const platform: Platform = {
  name: 'node',
  connect({ endpoints, maxMessageBytes }) {
    const sessions = createDaemonSessions({ endpoints });
    return {
      get endpoint() {
        return sessions.endpoint;
      },
      canStreamRequests: true,
      createTransport: (interceptors, codec) =>
        createGrpcTransport({
          baseUrl: endpoints[0],
          sessionManager: sessions,
          interceptors,
          readMaxBytes: maxMessageBytes,
          ...codec,
        }),
      close: () => sessions.close(),
    };
  },
  openLedger: (options) => openFileLedger(options),
  openJournal: ({ directory }) =>
    openFileJournal(directory === undefined ? {} : { directory: join(directory, 'transactions') }),
};
