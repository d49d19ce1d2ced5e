import { connect } from 'node:net';
import { BaseError } from '@snetkit/core';
import type { Config } from '../config/schema.ts';

/** Milliseconds that a probe may take: those of the official daemon (daemon.md 8.5). */
const timeouts = { grpc: 1_000, http: 10_000, tcp: 10_000 };

/** Asks whether the service behind the daemon is alive. */
export interface Probe {
  /**
   * Resolves when it is. Askers at the same time share one probe.
   * @throws BaseError when it is not, or does not answer in time
   */
  check(): Promise<void>;
}

/** A service that is there whenever the daemon is. */
export const alwaysAlive: Probe = { check: () => Promise.resolve() };

/** A probe of the kind that `service_heartbeat_type` names. */
export function createProbe(config: Config): Probe {
  let running: Promise<void> | undefined;
  return {
    check() {
      running ??= probe(config).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}

/** Asks one of several addresses of the service, in the way that `service_heartbeat_type` names. */
export function probeEndpoint(config: Config, { href, origin }: URL): Promise<void> {
  switch (config.service_heartbeat_type) {
    case 'grpc':
      return probeGrpc(origin, config.service_id);
    case 'http':
    case 'https': {
      const { pathname, search } = new URL(config.heartbeat_endpoint ?? '/', origin);
      return probeHttp(`${origin}${pathname}${search}`);
    }
    default:
      return probeTcp(href);
  }
}

async function probeAny(config: Config): Promise<void> {
  const asked = config.service_endpoints.map(({ endpoint }) =>
    probeEndpoint(config, new URL(endpoint)),
  );
  try {
    await Promise.any(asked);
  } catch (cause) {
    throw (cause as AggregateError).errors[0];
  }
}

function probe(config: Config): Promise<void> {
  if (config.service_endpoints.length > 0) return probeAny(config);
  const endpoint = config.heartbeat_endpoint ?? config.service_endpoint;
  switch (config.service_heartbeat_type) {
    case 'grpc':
      return probeGrpc(endpoint, config.service_id);
    case 'http':
    case 'https':
      return probeHttp(endpoint);
    default:
      return probeTcp(config.service_endpoint);
  }
}

async function probeGrpc(endpoint: string, service: string): Promise<void> {
  const [{ createClient }, { createGrpcTransport }, { Health, HealthCheckResponse_ServingStatus }] =
    await Promise.all([
      import('@connectrpc/connect'),
      import('@connectrpc/connect-node'),
      import('@snetkit/protos/health'),
    ]);
  const transport = createGrpcTransport({ baseUrl: endpoint, defaultTimeoutMs: timeouts.grpc });
  let status: number;
  try {
    ({ status } = await createClient(Health, transport).check({ service }));
  } catch (cause) {
    throw notAlive('the health service does not answer', cause);
  }
  if (status !== HealthCheckResponse_ServingStatus.SERVING) {
    const names = Object.entries(HealthCheckResponse_ServingStatus);
    const [name = String(status)] = names.find(([, value]) => value === status) ?? [];
    throw notAlive(`the health service says ${name}`);
  }
}

async function probeHttp(endpoint: string): Promise<void> {
  let text: string;
  let status: number;
  try {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(timeouts.http) });
    status = response.status;
    text = await response.text();
  } catch (cause) {
    throw notAlive('the heartbeat endpoint does not answer', cause);
  }
  if (status !== 200 || text === '') {
    throw notAlive(
      `the heartbeat endpoint answers ${status}${text === '' ? ' without a body' : ''}`,
    );
  }
}

function probeTcp(endpoint: string): Promise<void> {
  const { hostname, port, protocol } = new URL(endpoint);
  const target = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
  };
  return new Promise((resolve, reject) => {
    const socket = connect({ ...target, timeout: timeouts.tcp });
    const fail = (cause: unknown) => {
      socket.destroy();
      reject(notAlive('the service accepts no connection', cause));
    };
    socket.once('error', fail);
    socket.once('timeout', () => fail(undefined));
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
  });
}

function notAlive(found: string, cause?: unknown): BaseError {
  return new BaseError('SERVICE_NOT_ALIVE', 'The service behind the daemon does not answer.', {
    place: 'service_endpoint',
    found,
    cause,
  });
}
