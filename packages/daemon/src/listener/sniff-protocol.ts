import type { Socket } from 'node:net';

/** What a client speaks, told by its first bytes. */
export type Protocol = 'http/2' | 'http/1.1' | 'tls';

/**
 * Waits for the first bytes of a connection, puts them back, and tells what they are. A connection
 * that sends none in time is destroyed.
 */
export function sniffProtocol(
  socket: Socket,
  options: { timeoutMs: number; onProtocol: (protocol: Protocol, firstBytes: Buffer) => void },
): void {
  let seen: Buffer = Buffer.alloc(0);
  const give = (protocol: Protocol) => {
    socket.off('readable', onReadable).off('timeout', onNothing).off('end', onNothing);
    socket.setTimeout(0);
    if (socket.destroyed) return;
    socket.unshift(seen);
    options.onProtocol(protocol, seen);
  };
  const onReadable = () => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, magic.length);
    if (seen[0] === handshake) give('tls');
    else if (seen.compare(magic, 0, length, 0, length) !== 0) give('http/1.1');
    else if (length === magic.length) give('http/2');
  };
  const onNothing = () => socket.destroy();
  socket.setTimeout(options.timeoutMs);
  socket.on('readable', onReadable).on('timeout', onNothing).on('end', onNothing);
}

// The connection preface of HTTP/2 begins so (RFC 9113, 3.4), and no request of HTTP/1.1 does.
const magic = Buffer.from('PRI * HTTP/2.0');

/** The first record of TLS is one of these (RFC 8446, 5.1). */
const handshake = 0x16;
