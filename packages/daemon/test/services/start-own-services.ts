import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { keccak256, portableRecovery } from '@snetkit/core';
import { pino } from 'pino';
import { alwaysReady } from '../../src/observe/readiness.ts';
import type { ConfigurationOptions } from '../../src/services/configuration.ts';
import type { HealthOptions } from '../../src/services/health.ts';
import { createOwnServices, type OwnServicesOptions } from '../../src/services/own-services.ts';

/** The daemon's own services on a socket, and a client for them. */
export interface OwnServicesServer {
  readonly url: string;
  readonly transport: Transport;
  readonly faults: unknown[];
  stop(): Promise<void>;
}

/** Health of a server that nothing is wrong with, with changes. */
export function testHealth(changes: Partial<HealthOptions> = {}): HealthOptions {
  return {
    probe: { check: async () => {} },
    readiness: alwaysReady,
    services: new Map(),
    stopping: new AbortController().signal,
    ...changes,
  };
}

/** A configuration service without operators and chain, with changes. */
export function testConfiguration(
  changes: Partial<ConfigurationOptions> = {},
): ConfigurationOptions {
  return {
    config: {} as ConfigurationOptions['config'],
    log: pino({ level: 'silent' }),
    stopSwitch: { isStopped: false },
    operators: [],
    clock: undefined,
    recovery: portableRecovery,
    keccak: keccak256,
    counters: { serviceRecoveries: 0 },
    group: undefined,
    ...changes,
  };
}

/** Starts the own services on a free port of this machine. */
export async function startOwnServices(
  options: Partial<OwnServicesOptions> = {},
): Promise<OwnServicesServer> {
  const faults: unknown[] = [];
  const handler = createOwnServices({
    health: testHealth(),
    configuration: testConfiguration(),
    channelState: undefined,
    maxMessageBytes: 4 * 2 ** 20,
    counters: { serviceRequests: 0 },
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  const server = createServer(handler);
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    transport: createGrpcTransport({ baseUrl: url, defaultTimeoutMs: 10_000 }),
    faults,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const session of sessions) session.destroy();
      }),
  };
}
