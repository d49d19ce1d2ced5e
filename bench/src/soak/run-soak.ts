import { setTimeout as sleep } from 'node:timers/promises';
import { callPlans } from './call-plan.ts';
import { createGrpcTransport } from './grpc-transport.ts';
import { type Growth, judgeGrowth } from './judge-soak.ts';
import { createPayingChannel } from './paying-channel.ts';
import { readSample, type Sample } from './read-sample.ts';
import { runSoakClient, type SoakTally } from './soak-client.ts';
import type { SoakNetwork, WatchedDaemon } from './soak-network.ts';
import type { Transport } from './transport.ts';
import { createWebTransport } from './web-transport.ts';

/** How long, and how often it is looked. */
export interface SoakOptions {
  readonly ms: number;
  /** Between two samples. */
  readonly sampleMs: number;
  /** Between two reloads: of metadata, of the certificate, by SIGHUP, in turns. */
  readonly reloadMs: number;
  /** Milliseconds between two calls of a client at most. */
  readonly thinkMs: number;
  onSample(name: string, sample: Sample): void;
}

/** What came of it. */
export interface SoakReport {
  readonly seconds: number;
  readonly daemons: readonly {
    readonly name: string;
    readonly samples: readonly Sample[];
    readonly growth: readonly Growth[];
  }[];
  /** Calls by plan. */
  readonly asPlanned: Readonly<Record<string, number>>;
  /** Those that went otherwise, with what was seen first. */
  readonly otherwise: Readonly<Record<string, { count: number; first: string }>>;
  readonly resyncs: number;
  readonly reloads: Readonly<Record<'metadata' | 'certificate' | 'hangUp', number>>;
  /** Certificates that clients were shown. */
  readonly certificates: number;
  /** Prices: what clients know they must pay, and what daemons have charged. */
  readonly money: {
    readonly delivered: string;
    readonly charged: string;
    /** Channels that differ; none when all is well. */
    readonly differences: readonly string[];
  };
}

/** Samples before this do not count: code is compiled and caches fill. Part of the run. */
const warmUpPart = 0.1;
/** Charges that are taken back when clients leave need a moment. */
const restMs = 2_000;

/** Lets every client of a network call for a while. */
export async function runSoak(network: SoakNetwork, options: SoakOptions): Promise<SoakReport> {
  const { ms, sampleMs, reloadMs, thinkMs, onSample } = options;
  const daemons = [network.plain, network.tls];
  const tally: SoakTally = {
    asPlanned: new Map(),
    otherwise: new Map(),
    resyncs: 0,
    differences: [],
  };
  const stop = new AbortController();
  const certificates = new Set<string>();
  const reloads = { metadata: 0, certificate: 0, hangUp: 0 };
  const samples = new Map<string, Sample[]>(daemons.map(({ name }) => [name, []]));
  const started = performance.now();
  const clients = network.channels.map((channelId, index) => makeClient(channelId, index));
  const running = Promise.all(clients.map((client) => client.run()));
  const [sampling, reloading] = [keepSampling(), keepReloading()];
  try {
    await Promise.race([running, sampling, reloading, sleep(ms)]);
    const seconds = (performance.now() - started) / 1_000;
    stop.abort();
    await Promise.all([running, sampling, reloading]);
    await sleep(restMs);
    return await report(seconds);
  } finally {
    stop.abort();
    for (const { transport } of clients) transport.close();
  }

  function makeClient(channelId: bigint, index: number) {
    const { shop, transport, isWeb, kind } = chooseWay(index);
    const { contracts, price, accounts } = network.devnet;
    const channel = createPayingChannel({
      endpoint: shop.daemon.endpoint,
      mpe: contracts.mpe,
      channelId,
      price,
      privateKey: accounts.client.privateKey,
      readBlock: network.readBlock,
    });
    const name = `${kind}, ${shop.name}, channel ${channelId}`;
    const plans = callPlans.filter((plan) => !isWeb || plan.isGrpcOnly !== true);
    const options = { name, transport, channel, plans, tally, thinkMs, stop: stop.signal };
    return { name, channel, transport, run: () => runSoakClient(options) };
  }

  /** Half of them gRPC, a quarter each gRPC-web in binary and in text; every fourth with TLS. */
  function chooseWay(index: number): {
    shop: WatchedDaemon;
    transport: Transport;
    isWeb: boolean;
    kind: string;
  } {
    const shop = index % 8 < 6 ? network.plain : network.tls;
    const { endpoint } = shop.daemon;
    if (index % 2 === 0) {
      const onCertificate = (fingerprint: string) => void certificates.add(fingerprint);
      const transport = createGrpcTransport({ endpoint, onCertificate });
      return { shop, transport, isWeb: false, kind: 'gRPC' };
    }
    const isText = index % 4 === 3;
    const transport = createWebTransport({ endpoint, isText });
    return { shop, transport, isWeb: true, kind: isText ? 'gRPC-web text' : 'gRPC-web' };
  }

  async function keepSampling(): Promise<void> {
    while (!stop.signal.aborted) {
      await pause(sampleMs);
      if (stop.signal.aborted) return;
      for (const { name, metricsUrl } of daemons) {
        const sample = await readSample(metricsUrl, (performance.now() - started) / 1_000);
        samples.get(name)?.push(sample);
        onSample(name, sample);
      }
    }
  }

  async function keepReloading(): Promise<void> {
    const kinds = ['certificate', 'metadata', 'hangUp'] as const;
    for (let turn = 0; !stop.signal.aborted; turn += 1) {
      await pause(reloadMs);
      if (stop.signal.aborted) return;
      const kind = kinds[turn % kinds.length] ?? 'hangUp';
      if (kind === 'certificate') await network.changeCertificate();
      else if (kind === 'metadata') await network.publishAgain();
      else network.hangUp();
      reloads[kind] += 1;
    }
  }

  async function pause(milliseconds: number): Promise<void> {
    await sleep(milliseconds, undefined, { signal: stop.signal }).catch(() => {});
  }

  async function report(seconds: number): Promise<SoakReport> {
    const differences = [...tally.differences];
    let [delivered, charged] = [0n, 0n];
    for (const { name, channel } of clients) {
      const has = await channel.readCharged();
      delivered += channel.paid;
      charged += has;
      if (has !== channel.paid) differences.push(`${name}: paid ${channel.paid}, charged ${has}`);
    }
    return {
      seconds,
      daemons: daemons.map(({ name }) => {
        const all = samples.get(name) ?? [];
        const counted = all.filter(({ second }) => second >= warmUpPart * seconds);
        return { name, samples: all, growth: judgeGrowth(counted) };
      }),
      asPlanned: Object.fromEntries(tally.asPlanned),
      otherwise: Object.fromEntries(tally.otherwise),
      resyncs: tally.resyncs,
      reloads,
      certificates: certificates.size,
      money: { delivered: `${delivered}`, charged: `${charged}`, differences },
    };
  }
}
