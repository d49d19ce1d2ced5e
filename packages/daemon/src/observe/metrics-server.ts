import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BaseError } from '@snetkit/core';
import type { HostPort } from '../config/types/host-port.ts';
import type { Counters } from './counters.ts';
import type { Family } from './metrics/format-families.ts';
import { formatPrometheus, prometheusContentType } from './prometheus.ts';

/** A running endpoint for a metrics collector. */
export interface MetricsServer {
  /** `http://127.0.0.1:9090/metrics`. */
  readonly url: string;
  close(): Promise<void>;
}

/** What a collector is told beside the counters, and who may collect. */
export interface MetricsOptions {
  /** Families beside the counters; asked for at each collection. */
  readonly families?: () => readonly Family[];
  /** Given, a collector must show it: `Authorization: Bearer ...`. */
  readonly token?: string | undefined;
}

/**
 * Answers `GET /metrics` on a port of its own.
 *
 * @throws BaseError when the port cannot be had
 */
export async function startMetricsServer(
  endpoint: HostPort,
  counters: Counters,
  { families, token }: MetricsOptions = {},
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const isKnown = request.url?.split('?')[0] === '/metrics';
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isKnown || !isRead) {
      response.writeHead(isKnown ? 405 : 404).end();
      return;
    }
    if (token !== undefined && !isBearer(request.headers.authorization, token)) {
      response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
      return;
    }
    response.writeHead(200, { 'content-type': prometheusContentType });
    response.end(formatPrometheus(counters, families?.()));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new BaseError('DAEMON_LISTEN_FAILED', 'The daemon cannot listen for a metrics collector.', {
          place: 'metrics_endpoint',
          found: cause.message,
          hint: 'Choose another port for metrics_endpoint, or end the program that has this one.',
          cause,
        }),
      );
    });
    server.listen(endpoint.port, endpoint.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${endpoint.host}:${port}/metrics`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function isBearer(given: string | undefined, token: string): boolean {
  const [shown, expected] = [given ?? '', `Bearer ${token}`].map((text) =>
    createHash('sha256').update(text).digest(),
  );
  return timingSafeEqual(shown as Buffer, expected as Buffer);
}
