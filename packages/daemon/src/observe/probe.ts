import { connect } from 'node:net';
import { BaseError } from '@snetkit/core';
import type { Config } from '../config/schema.ts';
import { readServiceTls, type ServiceTls } from '../upstreams/read-service-tls.ts';

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
      return probeGrpc(origin, config);
    case 'http':
    case 'https': {
      const { pathname, search } = new URL(config.heartbeat_endpoint ?? '/', origin);
      return probeHttp(`${origin}${pathname}${search}`, config);
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
      return probeGrpc(endpoint, config);
    case 'http':
    case 'https':
      return probeHttp(endpoint, config);
    default:
      return probeTcp(config.service_endpoint);
  }
}

async function probeGrpc(endpoint: string, config: Config): Promise<void> {
  const [connect, connectNode, { Health, HealthCheckResponse_ServingStatus }] = await Promise.all([
    import('@connectrpc/connect'),
    import('@connectrpc/connect-node'),
    import('@snetkit/protos/health'),
  ]);
  const tls = await readTls(endpoint, config);
  const sessionManager = new connectNode.Http2SessionManager(endpoint, {}, tls);
  const transport = connectNode.createGrpcTransport({
    baseUrl: endpoint,
    defaultTimeoutMs: timeouts.grpc,
    sessionManager,
  });
  let status: number;
  try {
    const client = connect.createClient(Health, transport);
    ({ status } = await client.check({ service: config.service_id }));
  } catch (cause) {
    throw notAlive('the health service does not answer', cause);
  } finally {
    // Left open, each probe would leave a connection behind for a quarter of an hour.
    sessionManager.abort();
  }
  if (status !== HealthCheckResponse_ServingStatus.SERVING) {
    const names = Object.entries(HealthCheckResponse_ServingStatus);
    const [name = String(status)] = names.find(([, value]) => value === status) ?? [];
    throw notAlive(`the health service says ${name}`);
  }
}

async function probeHttp(endpoint: string, config: Config): Promise<void> {
  const tls = await readTls(endpoint, config);
  let answer: { status: number; text: string };
  try {
    answer = await (Object.keys(tls).length > 0 ? getWith(endpoint, tls) : get(endpoint));
  } catch (cause) {
    throw notAlive('the heartbeat endpoint does not answer', cause);
  }
  const { status, text } = answer;
  if (status !== 200 || text === '') {
    throw notAlive(
      `the heartbeat endpoint answers ${status}${text === '' ? ' without a body' : ''}`,
    );
  }
}

async function get(endpoint: string) {
  const response = await fetch(endpoint, { signal: AbortSignal.timeout(timeouts.http) });
  return { status: response.status, text: await response.text() };
}

/** `fetch` knows no certificates of one's own. */
async function getWith(endpoint: string, tls: ServiceTls) {
  const { get: getHttps } = await import('node:https');
  const options = { ...tls, agent: false, signal: AbortSignal.timeout(timeouts.http) };
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const request = getHttps(endpoint, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text = `${text}${chunk}`.slice(0, 100);
      });
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.on('error', reject);
  });
}

async function readTls(endpoint: string, config: Config): Promise<ServiceTls> {
  return endpoint.startsWith('https:') ? readServiceTls(config) : {};
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
