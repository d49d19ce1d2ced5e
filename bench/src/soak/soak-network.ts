import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createChainClient, getBlockNumber } from '@snetkit/contracts';
import type { JsonObject } from '@snetkit/core';
import {
  type Daemon,
  type Devnet,
  findFreePort,
  publishService,
  readExampleProtos,
  startDaemon,
  startDevnet,
} from '@snetkit/devnet';
import { startProgram } from '../load/start-program.ts';
import { openChannels } from '../network/open-channels.ts';
import { makeCertificate } from './make-certificate.ts';

/** A daemon under load. */
export interface WatchedDaemon {
  readonly name: string;
  readonly daemon: Daemon;
  readonly metricsUrl: string;
}

/** A network with one service behind a daemon without TLS and one with it. */
export interface SoakNetwork {
  readonly devnet: Devnet;
  readonly plain: WatchedDaemon;
  readonly tls: WatchedDaemon;
  /** Ids of channels, each with money for far more calls than there will be. */
  readonly channels: readonly bigint[];
  /** Number of the latest block. */
  readBlock(): Promise<bigint>;
  /** Publishes the service again with another name: the Registry says so. */
  publishAgain(): Promise<void>;
  /** Puts another certificate in the place of that of `tls`; resolves with its fingerprint. */
  changeCertificate(): Promise<string>;
  /** Tells both daemons to read again what they can (SIGHUP). */
  hangUp(): void;
  stop(): Promise<void>;
}

/** What {@link startSoakNetwork} needs. */
export interface SoakNetworkOptions {
  /** Program and arguments. */
  readonly daemonCommand: readonly string[];
  readonly clients: number;
  /** What to put before a command to keep it on one core. */
  pin(core: number): readonly string[];
  onProgress(text: string): void;
}

/** Cogs for each call. */
const price = 10n ** 12n;
/** Paid calls that each channel has money for. */
const callsPerChannel = 1_000_000;
/** Machines under load start programs slowly. */
const startTimeoutMs = 120_000;

/** Starts it; the daemons share the first core, the service has the second. */
export async function startSoakNetwork(options: SoakNetworkOptions): Promise<SoakNetwork> {
  const { daemonCommand, clients, pin, onProgress } = options;
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const next of stops.splice(0).reverse()) await next();
  };
  try {
    const script = fileURLToPath(new URL('./service.ts', import.meta.url));
    const service = startProgram<{ endpoint: string }>([...pin(1), process.execPath, script]);
    stops.push(service.stop);
    const { endpoint: serviceEndpoint } = await service.hear();
    const command = [...pin(0), ...daemonCommand];
    const metrics = { plain: await findFreePort(), tls: await findFreePort() };
    const devnet = await startDevnet({
      serviceEndpoint,
      price,
      daemonConfig: { log: { level: 'warn' } },
      onProgress: ({ step, status }) => status === 'started' && onProgress(step),
    });
    stops.push(devnet.stop);
    const { daemonConfig, directory, rpcUrl } = devnet;
    const start = async (name: string, port: number, config: JsonObject): Promise<Daemon> => {
      onProgress(`daemon, ${name}`);
      const daemon = await startDaemon({
        command,
        config: { ...daemonConfig, metrics_endpoint: `127.0.0.1:${port}`, ...config },
        directory: join(directory, name),
        timeoutMs: startTimeoutMs,
      });
      stops.push(daemon.stop);
      return daemon;
    };
    const plain = await start('plain', metrics.plain, {});

    const files = join(directory, 'certificates');
    mkdirSync(files);
    const [certFile, keyFile] = [join(files, 'cert.pem'), join(files, 'key.pem')];
    const changeCertificate = async () => {
      const { cert, key, fingerprint } = await makeCertificate();
      writeFileSync(keyFile, key, { mode: 0o600 });
      writeFileSync(certFile, cert);
      return fingerprint;
    };
    await changeCertificate();
    const tls = await start('TLS', metrics.tls, {
      daemon_endpoint: '127.0.0.1:0',
      payment_channel_storage_path: join(directory, 'TLS', 'storage'),
      ssl_cert: certFile,
      ssl_key: keyFile,
    });

    onProgress(`opening ${clients} channels`);
    const channels = await openChannels(
      devnet,
      Array.from({ length: clients }, () => callsPerChannel),
    );
    const chain = createChainClient({ rpcUrl });
    const protos = await readExampleProtos();
    let names = 0;
    return {
      devnet,
      plain: watched('plain', plain, metrics.plain),
      tls: watched('TLS', tls, metrics.tls),
      channels,
      readBlock: () => getBlockNumber(chain),
      async publishAgain() {
        names += 1;
        const { contracts, accounts, contentStore, organizationId, serviceId } = devnet;
        await publishService({
          ...{ rpcUrl, contracts, organizationId, serviceId, protos, price },
          content: contentStore,
          owner: accounts.provider,
          groupId: devnet.groupId,
          groupName: devnet.groupName,
          endpoints: [devnet.endpoint],
          displayName: `Language detection, edition ${names}`,
        });
      },
      changeCertificate,
      hangUp() {
        plain.kill('SIGHUP');
        tls.kill('SIGHUP');
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function watched(name: string, daemon: Daemon, port: number): WatchedDaemon {
  return { name, daemon, metricsUrl: `http://127.0.0.1:${port}/metrics` };
}
