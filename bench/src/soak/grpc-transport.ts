import { type ClientHttp2Session, connect, constants } from 'node:http2';
import {
  callPath,
  createMessageCounter,
  type Outcome,
  patienceMs,
  requestFrame,
  type Transport,
} from './transport.ts';

/** gRPC on HTTP/2, with TLS when the endpoint says so. */
export function createGrpcTransport(options: {
  readonly endpoint: string;
  /** Told of the fingerprint of the certificate of each new connection. */
  onCertificate?(fingerprint: string): void;
}): Transport {
  const { endpoint, onCertificate } = options;
  let session: ClientHttp2Session | undefined;

  function open(): ClientHttp2Session {
    if (session !== undefined && !session.closed && !session.destroyed) return session;
    // Certificates of the run are its own.
    const fresh = connect(endpoint, { rejectUnauthorized: false });
    fresh.on('error', () => {});
    fresh.once('connect', (_, socket) => {
      if ('getPeerX509Certificate' in socket) {
        onCertificate?.(socket.getPeerX509Certificate()?.fingerprint256 ?? '');
      }
    });
    session = fresh;
    return fresh;
  }

  return {
    call: (plan, headers) =>
      new Promise<Outcome>((resolve) => {
        const connection = open();
        const stream = connection.request({
          ':method': 'POST',
          ':path': callPath,
          'content-type': 'application/grpc+proto',
          te: 'trailers',
          ...(plan.timeoutMs !== undefined && { 'grpc-timeout': `${plan.timeoutMs}m` }),
          'soak-plan': plan.service,
          ...headers,
        });
        const messages = createMessageCounter();
        let status: number | undefined;
        let text = '';
        let sent = 1;
        const leave = () => {
          if (plan.cutsConnection) connection.destroy();
          else stream.close(constants.NGHTTP2_CANCEL);
        };
        const read = (fields: Record<string, unknown>) => {
          if (fields['grpc-status'] !== undefined) status = Number(fields['grpc-status']);
          text = String(fields['grpc-message'] ?? text);
        };
        stream.on('response', read).on('trailers', read);
        stream.on('error', () => {});
        stream.on('data', (chunk: Buffer) => {
          messages.push(chunk);
          if (plan.leaves === 'after' && messages.count > 0) leave();
          if (plan.isDialogue !== true || stream.writableEnded) return;
          while (sent < plan.requests && sent <= messages.count) {
            stream.write(requestFrame);
            sent += 1;
          }
          if (messages.count >= plan.requests) stream.end();
        });
        const overdue = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), patienceMs);
        const leaving =
          plan.leaves === 'before' ? setTimeout(leave, 5 + 50 * Math.random()) : undefined;
        stream.on('close', () => {
          clearTimeout(overdue);
          clearTimeout(leaving);
          resolve({ messages: messages.count, status, text });
        });
        if (plan.isDialogue) stream.write(requestFrame);
        else {
          for (let left = plan.requests; left > 1; left -= 1) stream.write(requestFrame);
          stream.end(requestFrame);
        }
      }),
    reconnect: () => session?.close(),
    close: () => session?.destroy(),
  };
}
