import type { ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';
import type { GrpcTransportOptions } from '@connectrpc/connect-node';
import { type DaemonSession, openDaemonSession } from './daemon-session.ts';
import { notConnected } from './not-connected.ts';

/** What the transport wants; it does not export the name. */
type SessionManager = NonNullable<GrpcTransportOptions['sessionManager']>;

/** Connections to the daemons of one group, of which one is used at a time. */
export interface DaemonSessions extends SessionManager {
  /** The daemon that calls go to now. */
  readonly endpoint: string;
  /** Ends what still runs. */
  close(): void;
}

/** Which daemons. */
export interface DaemonSessionsOptions {
  /** `http://` or `https://` URLs, in the order in which they are tried. */
  readonly endpoints: readonly [string, ...string[]];
  /** Milliseconds until one must have answered; 10,000 unless given. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Keeps a connection to one daemon of a group, and goes on with the next one when it is lost: all
 * daemons of a group share their state. Nothing is sent twice here: what becomes of calls that were
 * under way is the payment's business.
 */
export function createDaemonSessions({
  endpoints,
  timeoutMs = 10_000,
}: DaemonSessionsOptions): DaemonSessions {
  const [first] = endpoints;
  const basePath = pathOf(first);
  const sessionOf = new WeakMap<ClientHttp2Stream, DaemonSession>();
  const live = new Set<DaemonSession>();
  let preferred: string = first;
  let current: DaemonSession | undefined;
  let opening: Promise<DaemonSession> | undefined;
  let isClosed = false;

  async function open(): Promise<DaemonSession> {
    const start = endpoints.indexOf(preferred);
    let failure: unknown;
    for (let index = 0; index < endpoints.length && !isClosed; index += 1) {
      const endpoint = endpoints[(start + index) % endpoints.length] ?? first;
      try {
        const session = await openDaemonSession({ endpoint, timeoutMs });
        preferred = endpoint;
        live.add(session);
        void session.closed.then(() => live.delete(session));
        return session;
      } catch (error) {
        failure = error;
      }
    }
    throw isClosed ? notConnected(preferred, 'closed') : failure;
  }

  async function getSession(): Promise<DaemonSession> {
    const known = current;
    if (known?.isOpen() && (await known.verify()) && known.isOpen()) return known;
    if (current === known) current = undefined;
    opening ??= open().finally(() => {
      opening = undefined;
    });
    const opened = current ?? (await opening);
    if (isClosed) opened.destroy();
    else current = opened;
    return opened;
  }

  return {
    authority: new URL(first).origin,
    get endpoint() {
      return preferred;
    },
    async request(method, path, headers: OutgoingHttpHeaders, options) {
      for (;;) {
        const session = await getSession();
        const head = {
          ...headers,
          ':method': method,
          ':path': pathOf(session.endpoint) + path.slice(basePath.length),
        };
        try {
          const stream = session.request(head, options);
          sessionOf.set(stream, session);
          return stream;
        } catch (error) {
          // It may have ended between the look and the request; then nothing was sent.
          if (isClosed || session.isOpen()) throw error;
        }
      }
    },
    notifyResponseByteRead(stream) {
      sessionOf.get(stream)?.noteRead();
    },
    close() {
      isClosed = true;
      for (const session of live) session.destroy();
    },
  };
}

function pathOf(endpoint: string): string {
  return new URL(endpoint).pathname.replace(/\/+$/, '');
}
