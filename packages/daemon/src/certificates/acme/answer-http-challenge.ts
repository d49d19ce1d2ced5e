import { createServer } from 'node:http';
import { BaseError } from '@snetkit/core';

/**
 * Answers http-01 (RFC 8555, 8.3) until it is told to stop.
 *
 * @returns what stops it
 * @throws BaseError `ACME_FAILED` when the port cannot be had
 */
export async function answerHttpChallenge(options: {
  host: string;
  port: number;
  token: string;
  keyAuthorization: string;
}): Promise<() => void> {
  const { host, port, token, keyAuthorization } = options;
  const server = createServer((request, response) => {
    const isAsked = request.url === `/.well-known/acme-challenge/${token}`;
    response.writeHead(isAsked ? 200 : 404, { 'content-type': 'text/plain', connection: 'close' });
    response.end(isAsked ? keyAuthorization : 'Nothing here\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new BaseError('ACME_FAILED', 'The domain cannot be proved: its port cannot be had.', {
          place: 'auto_ssl_http_endpoint',
          expected: 'a free port that requests to port 80 of the domain arrive at',
          found: cause.message,
          hint: 'Let the process listen on port 80 (CAP_NET_BIND_SERVICE), forward it, or set auto_ssl_challenge to tls-alpn-01.',
          cause,
        }),
      );
    });
    server.listen({ host, port }, resolve);
  });
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
