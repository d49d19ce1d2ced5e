import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { notConnected } from './not-connected.ts';

/** One HTTP/2 connection to one daemon. */
export interface DaemonSession {
  readonly endpoint: string;
  /** New calls may be sent on it. */
  isOpen(): boolean;
  /** Finds out whether a connection that was silent for a while still stands. */
  verify(): Promise<boolean>;
  request: ClientHttp2Session['request'];
  /** Something was read: the connection stands. */
  noteRead(): void;
  /** Resolves when it is gone. */
  readonly closed: Promise<void>;
  /** Ends what still runs on it. */
  destroy(): void;
}

/** How a connection is made. */
export interface OpenDaemonSessionOptions {
  /** `http://` or `https://` URL. */
  readonly endpoint: string;
  /** Milliseconds until the daemon must have answered. */
  readonly timeoutMs: number;
}

// Beside the 64 KiB of the protocol, which let a distant service send only so much per round trip.
const streamWindowBytes = 4 * 1024 * 1024;
const sessionWindowBytes = 16 * 1024 * 1024;
/** Silence after which a connection is asked whether it still stands. */
const silenceMs = 15_000;
const pingMs = 5_000;

/**
 * Connects to a daemon. Errors of the connection itself stay inside: calls that run on it end with
 * them, and one that is idle is just gone.
 *
 * @throws NodeJS.ErrnoException as the system refuses; `ENOTCONN` when the daemon does not answer
 */
export async function openDaemonSession({
  endpoint,
  timeoutMs,
}: OpenDaemonSessionOptions): Promise<DaemonSession> {
  const settings = { initialWindowSize: streamWindowBytes, enablePush: false };
  const session = connect(new URL(endpoint).origin, { settings });
  await whenReady(session, { endpoint, timeoutMs });
  session.setLocalWindowSize(sessionWindowBytes);
  let lastHeardAt = performance.now();
  let streams = 0;
  let isRetired = false;
  let verifying: Promise<boolean> | undefined;
  const closed = new Promise<void>((resolve) => session.once('close', resolve));
  // Whoever makes calls waits for them; an idle connection keeps no program alive.
  session.unref();
  session.on('goaway', () => {
    isRetired = true;
    if (streams === 0) session.close();
  });

  const watch = setInterval(() => {
    if (streams > 0 && performance.now() - lastHeardAt > silenceMs) void verifyOnce();
  }, silenceMs);
  watch.unref();
  void closed.then(() => clearInterval(watch));

  async function verify(): Promise<boolean> {
    if (session.destroyed) return false;
    const answered = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => {
      session.destroy(notConnected(endpoint, `no answer to a ping within ${pingMs} ms`));
    }, pingMs);
    void closed.then(() => answered.resolve(false));
    session.ping((error) => answered.resolve(error === null));
    const stands = await answered.promise;
    clearTimeout(timer);
    if (stands) lastHeardAt = performance.now();
    return stands;
  }

  function verifyOnce(): Promise<boolean> {
    verifying ??= verify().finally(() => {
      verifying = undefined;
    });
    return verifying;
  }

  return {
    endpoint,
    closed,
    isOpen: () => !isRetired && !session.closed && !session.destroyed,
    verify: async () => performance.now() - lastHeardAt < silenceMs || verifyOnce(),
    request(headers, options): ClientHttp2Stream {
      const stream = session.request(headers, options);
      if (streams === 0) {
        session.ref();
        lastHeardAt = performance.now();
      }
      streams += 1;
      stream.once('close', () => {
        streams -= 1;
        if (streams > 0) return;
        session.unref();
        if (isRetired) session.close();
      });
      return stream;
    },
    noteRead() {
      lastHeardAt = performance.now();
    },
    destroy: () => session.destroy(),
  };
}

/** The first settings of the peer show that an HTTP/2 server is there. */
async function whenReady(
  session: ClientHttp2Session,
  { endpoint, timeoutMs }: OpenDaemonSessionOptions,
): Promise<void> {
  const ready = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    ready.reject(notConnected(endpoint, `no answer within ${timeoutMs} ms`));
  }, timeoutMs);
  // Stays for the life of the session: what breaks an idle connection must not end the program.
  session.on('error', ready.reject);
  session.once('close', () => ready.reject(notConnected(endpoint, 'closed before it was open')));
  session.once('remoteSettings', () => ready.resolve());
  try {
    await ready.promise;
  } catch (error) {
    session.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
