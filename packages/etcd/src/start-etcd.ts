import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enableAuth } from './enable-auth.ts';
import { EtcdError } from './etcd-error.ts';
import { createEtcdMember, type EtcdMember } from './etcd-member.ts';
import type { EtcdTls, StartEtcdOptions } from './etcd-options.ts';
import { findEtcd } from './find-etcd.ts';
import { findFreePort } from './find-free-port.ts';

/** A running cluster. */
export interface Etcd extends AsyncDisposable {
  /** Where clients connect, one for each member. */
  readonly endpoints: readonly string[];
  readonly members: readonly EtcdMember[];
  /** Ends all members and removes their data; may be called more than once. */
  stop(): Promise<void>;
}

/** Between the choice of a free port and its use another process may take it. */
const startAttempts = 3;

/**
 * Starts the real etcd on loopback and resolves when every member serves. It dies with this process,
 * even when that is killed; its data lie in a temporary directory.
 *
 * @throws EtcdError
 * @example
 * ```ts
 * await using etcd = await startEtcd({ members: 3 });
 * console.log(etcd.endpoints);
 * ```
 */
export async function startEtcd(options: StartEtcdOptions = {}): Promise<Etcd> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startCluster(options);
    } catch (error) {
      const isTaken = error instanceof EtcdError && /address already in use/.test(error.message);
      if (!isTaken || attempt === startAttempts) throw error;
    }
  }
}

async function startCluster(options: StartEtcdOptions): Promise<Etcd> {
  const { members: count = 1, tls, user, quotaBytes, args = [], timeoutMs = 30_000 } = options;
  const program = findEtcd();
  const directory = await mkdtemp(join(tmpdir(), 'snetkit-etcd-'));
  const places = await findPlaces(count, tls);
  const cluster = places.map(({ name, peer }) => `${name}=${peer}`).join(',');
  const members = places.map(({ name, endpoint, peer, metrics }) =>
    createEtcdMember({
      name,
      endpoint,
      metricsUrl: metrics,
      program,
      timeoutMs,
      args: [
        ...['--name', name, '--data-dir', join(directory, name), '--log-level', 'error'],
        ...['--listen-client-urls', endpoint, '--advertise-client-urls', endpoint],
        ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer],
        ...['--initial-cluster', cluster, '--listen-metrics-urls', metrics],
        ...(quotaBytes === undefined ? [] : ['--quota-backend-bytes', String(quotaBytes)]),
        // Passwords of tests need not be hard to guess; a slow machine would need seconds.
        ...(user === undefined ? [] : ['--bcrypt-cost', '4']),
        ...tlsArguments(tls),
        ...args,
      ],
    }),
  );

  let stopping: Promise<void> | undefined;
  async function stopAll(): Promise<void> {
    await Promise.all(members.map((member) => member.kill('SIGKILL')));
    await rm(directory, { recursive: true, force: true });
  }
  function stop(): Promise<void> {
    stopping ??= stopAll();
    return stopping;
  }

  const endpoints = places.map(({ endpoint }) => endpoint);
  try {
    for (const member of members) member.launch();
    await Promise.all(members.map((member) => member.waitUntilHealthy()));
    const [endpoint = ''] = endpoints;
    if (user !== undefined) await enableAuth({ endpoint, tls, user });
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoints, members, stop, [Symbol.asyncDispose]: stop };
}

async function findPlaces(count: number, tls: EtcdTls | undefined) {
  const scheme = tls === undefined ? 'http' : 'https';
  const ports = await Promise.all(Array.from({ length: count * 3 }, findFreePort));
  return Array.from({ length: count }, (_, index) => {
    const [client, peer, metrics] = ports.slice(index * 3);
    return {
      name: `member-${index + 1}`,
      endpoint: `${scheme}://127.0.0.1:${client}`,
      peer: `http://127.0.0.1:${peer}`,
      metrics: `http://127.0.0.1:${metrics}`,
    };
  });
}

function tlsArguments(tls: EtcdTls | undefined): string[] {
  if (tls === undefined) return [];
  return [
    ...['--cert-file', tls.certFile, '--key-file', tls.keyFile],
    ...['--trusted-ca-file', tls.caFile, '--client-cert-auth'],
  ];
}
