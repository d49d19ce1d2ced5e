import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { BaseError } from '@snetkit/core';
import type { Config } from '../config/schema.ts';
import type { Counters } from '../observe/counters.ts';
import type { Logger } from '../observe/logger.ts';
import { probeEndpoint } from '../observe/probe.ts';
import { type Backends, createBackends } from '../upstreams/backends.ts';
import { createEchoUpstream } from '../upstreams/echo.ts';
import { createGrpcUpstream } from '../upstreams/grpc.ts';
import { createHttpUpstream } from '../upstreams/http.ts';
import { createJsonRpcUpstream } from '../upstreams/json-rpc.ts';
import type { WarmOptions } from '../upstreams/process/warm-pool.ts';
import { createProcessUpstream } from '../upstreams/process.ts';
import { readServiceTls } from '../upstreams/read-service-tls.ts';
import type { Upstream } from '../upstreams/upstream.ts';
import type { ServiceProtos } from './compile-service.ts';
import { listServiceEndpoints } from './list-service-endpoints.ts';
import { readHttpRules } from './read-http-rules.ts';

/** What an upstream is opened with. */
export interface OpenUpstreamOptions {
  readonly config: Config;
  /** `service_type` of the metadata; `grpc` when there is no chain. */
  readonly serviceType: string;
  readonly encoding: 'proto' | 'json';
  /** The compiled protos of the service, or why they do not compile. */
  readonly protos: ServiceProtos | BaseError | undefined;
  /** `v1.2.3`. */
  readonly version: string;
  readonly log: Logger;
  readonly counters: Pick<Counters, 'backends'>;
}

/**
 * Opens what stands behind the daemon, of the kind that the service metadata names.
 *
 * @throws BaseError that names the setting, the file or the proto that is wrong
 */
export async function openUpstream(options: OpenUpstreamOptions): Promise<Upstream> {
  const { config, serviceType, encoding, version } = options;
  if (!config.passthrough_enabled) return createEchoUpstream();
  const common = {
    encoding,
    // Timers end at 2^31 ms: near enough to "no limit".
    serviceTimeoutMs: config.service_timeout === 0 ? 2 ** 31 - 1 : config.service_timeout,
    maxMessageBytes: config.max_message_size_in_mb * 2 ** 20,
    userAgent: `snetd/${version.slice(1)}`,
  };
  if (isProcess(serviceType)) return openProcess(options, common);
  const tls = await readServiceTls(config);
  const backends = openBackends(options);
  const protos = options.protos instanceof BaseError ? undefined : options.protos;
  if (serviceType === 'jsonrpc') {
    return createJsonRpcUpstream({ ...common, ...tls, backends, protos });
  }
  if (serviceType !== 'http') return createGrpcUpstream({ ...common, ...tls, endpoint: backends });
  if (options.protos instanceof BaseError) throw options.protos;
  const { registry = undefined, methods = new Map() } = protos ?? {};
  if (registry === undefined) throw new BaseError('INTERNAL', 'An HTTP service has no protos.');
  return createHttpUpstream({
    ...common,
    ...tls,
    ...{ backends, registry, methods },
    rules: readHttpRules(config.service_http_rules, methods),
    credentials: config.service_credentials,
  });
}

function isProcess(serviceType: string): boolean {
  return serviceType === 'process' || serviceType === 'executable';
}

/** Whether calls stay on this machine, so that there is nobody to ask whether he is alive. */
export function isLocal(serviceType: string, config: Config): boolean {
  return isProcess(serviceType) || !config.passthrough_enabled;
}

async function openProcess(
  { config, protos, log }: OpenUpstreamOptions,
  common: { serviceTimeoutMs: number; maxMessageBytes: number },
): Promise<Upstream> {
  const executable = await findExecutable(config);
  return createProcessUpstream({
    ...common,
    executable,
    methods: protos instanceof BaseError ? undefined : protos?.methods,
    maxProcesses: config.max_processes,
    warm: readWarmOptions(config),
    env: process.env,
    onLine: (line, path) => log.info({ event: 'service', path, line }, 'The service says'),
  });
}

/** Undefined: a program for each call. */
function readWarmOptions(config: Config): WarmOptions | undefined {
  if (config.warm_processes === 0) return undefined;
  const orAny = (limit: number) => (limit === 0 ? Number.POSITIVE_INFINITY : limit);
  return {
    programs: Math.min(config.warm_processes, config.max_processes),
    maxCalls: orAny(config.warm_process_max_calls),
    maxAgeMs: orAny(config.warm_process_max_age),
    maxBytes: orAny(config.warm_process_max_memory_in_mb * 2 ** 20),
  };
}

async function findExecutable({ executable_path: path }: Config): Promise<string> {
  const refuse = (found: string, cause?: unknown) =>
    new BaseError('CONFIG_VALUE_INVALID', 'The setting executable_path does not fit.', {
      place: 'executable_path',
      expected: 'a program, because the service is of type process',
      found,
      hint: 'Set executable_path to the program, and make it executable.',
      cause,
    });
  if (path === undefined) throw refuse('nothing');
  // Without a slash it is looked up in PATH when it is started.
  if (!path.includes('/')) return path;
  try {
    await access(path, constants.X_OK);
  } catch (cause) {
    throw refuse(cause instanceof Error ? cause.message : path, cause);
  }
  return path;
}

function openBackends({ config, log, counters }: OpenUpstreamOptions): Backends {
  const endpoints = listServiceEndpoints(config);
  // A single one is never asked.
  if (endpoints.length > 1) for (const { url } of endpoints) counters.backends[url.host] = 1;
  return createBackends({
    endpoints,
    check: (url) => probeEndpoint(config, url),
    intervalMs: config.service_health_check_interval,
    onChange({ url: { host, origin }, isUp }, error) {
      counters.backends[host] = isUp ? 1 : 0;
      if (isUp) log.info({ event: 'backend', origin }, 'A backend is up');
      else log.warn({ event: 'backend', origin, error }, 'A backend is down');
    },
  });
}
