import type { Socket } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import { createTlsContexts } from './tls-contexts.ts';
import type { TlsSettings } from './tls-settings.ts';

/** Undoes TLS on sockets. */
export interface TlsServer {
  /** Takes a socket whose first bytes were seen and put back. */
  take(socket: Socket, firstBytes: Buffer): void;
  /** New handshakes go by other settings; connections that stand stay as they are. */
  set(settings: TlsSettings): void;
}

/** Speaks TLS on sockets that it is given, and offers HTTP/2 and HTTP/1.1 (ALPN). */
export function createTlsServer(options: {
  settings: TlsSettings;
  handshakeMs: number;
  /** Gets the socket without TLS, and the one that was taken. */
  onSecure: (socket: TLSSocket, plain: Socket) => void;
  /** Told of a handshake that failed; what was taken is destroyed. */
  onFailure: () => void;
}): TlsServer {
  /** Sockets in a handshake by the ends of their connection: `node:tls` does not tell whose one is. */
  const shaking = new Map<string, Socket>();
  let { server, challenge } = start(options.settings);
  return {
    take(socket, firstBytes) {
      const ends = endsOf(socket);
      shaking.set(ends, socket);
      socket.once('close', () => {
        if (shaking.get(ends) === socket) shaking.delete(ends);
      });
      // Who validates says so in the clear, in its first message (RFC 8737, 3).
      const isChallenge = challenge !== undefined && firstBytes.includes(challengeProtocol);
      (isChallenge ? challenge : server)?.emit('connection', socket);
    },
    set(settings) {
      ({ server, challenge } = start(settings));
    },
  };

  function start(settings: TlsSettings) {
    return { server: startServer(settings), challenge: startChallenge(settings) };
  }

  function startServer(settings: TlsSettings): Server {
    const { clientAuth } = settings;
    const contexts = createTlsContexts(settings);
    const one = createServer({
      ...contexts.initial,
      ALPNProtocols: ['h2', 'http/1.1'],
      handshakeTimeout: options.handshakeMs,
      requestCert: clientAuth !== 'none',
      // What is optional is looked at below: here a client without a certificate would be refused.
      rejectUnauthorized: clientAuth === 'required',
      SNICallback: (host, done) => done(null, contexts.find(host)),
    });
    one.on('secureConnection', (socket) => {
      const isBad = clientAuth === 'optional' && hasCertificate(socket) && !socket.authorized;
      const plain = shaking.get(endsOf(socket));
      if (isBad || plain === undefined) fail(socket);
      else {
        shaking.delete(endsOf(socket));
        options.onSecure(socket, plain);
      }
    });
    one.on('tlsClientError', (_cause, socket) => fail(socket));
    return one;
  }

  function startChallenge({ challenge: pair }: TlsSettings): Server | undefined {
    if (pair === undefined) return undefined;
    const one = createServer({ ...pair, ALPNProtocols: [challengeProtocol] });
    one.on('secureConnection', (socket) => socket.end());
    one.on('tlsClientError', (_cause, socket) => fail(socket));
    return one;
  }

  function fail(socket: Socket): void {
    options.onFailure();
    socket.destroy();
  }
}

const challengeProtocol = 'acme-tls/1';

function endsOf({ remoteAddress, remotePort, localAddress }: Socket): string {
  return `${remoteAddress} ${remotePort} ${localAddress}`;
}

function hasCertificate(socket: TLSSocket): boolean {
  return Object.keys(socket.getPeerCertificate()).length > 0;
}
