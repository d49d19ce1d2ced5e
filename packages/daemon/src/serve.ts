import { setTimeout } from 'node:timers/promises';
import { formatGroupId, paymentHeaders } from '@snetkit/core';
import { loadCrypto } from '@snetkit/native-crypto';
import { systemTimers } from './accounts/account-ports.ts';
import { createAdmission } from './admission/admit.ts';
import { limitRequests } from './admission/limit-requests.ts';
import { createStopSwitch, stoppedStatus } from './admission/stop-switch.ts';
import { type CallPorts, handleCall } from './call/handle-call.ts';
import { getDaemonNetwork } from './config/network.ts';
import type { Config } from './config/schema.ts';
import { startListener } from './listener/start-listener.ts';
import { checkReady } from './observe/check-ready.ts';
import { createCounters } from './observe/counters.ts';
import { getHeartbeat } from './observe/heartbeat.ts';
import { announce, type Logger } from './observe/logger.ts';
import { alwaysAlive, createProbe } from './observe/probe.ts';
import { alwaysReady } from './observe/readiness.ts';
import { readBuildInfo } from './observe/version.ts';
import { unpaid } from './payments/unpaid.ts';
import { choosePaymentType } from './serve/choose-payment-type.ts';
import { createClosers } from './serve/closers.ts';
import { describeOtherStore } from './serve/describe-other-store.ts';
import type { GroupSide } from './serve/group-side.ts';
import { listServices } from './serve/list-services.ts';
import { readListenerSettings } from './serve/listener-settings.ts';
import { openGuestList } from './serve/open-guest-list.ts';
import { openLimits } from './serve/open-limits.ts';
import { openObservation } from './serve/open-observation.ts';
import { openPricing } from './serve/open-pricing.ts';
import { openTls } from './serve/open-tls.ts';
import { isLocal, openUpstream } from './serve/open-upstream.ts';
import type { PaidSide } from './serve/paid-side.ts';
import type { ServiceNeeds } from './services/health.ts';
import { createHttpHandler } from './services/http.ts';
import {
  createOwnServices,
  isHealthPath,
  isOwnPath,
  ownServiceList,
} from './services/own-services.ts';
import { withTraining } from './training/training-upstream.ts';

/** What a daemon is started with. */
export interface StartDaemonOptions {
  readonly config: Config;
  readonly log: Logger;
  /** Gives the start up. */
  readonly signal: AbortSignal;
}

/** A daemon that serves. */
export interface RunningDaemon {
  /** `http://127.0.0.1:8080`. */
  readonly endpoint: string;
  /** What else whoever started it may want to know. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** Reads again what may have changed in files: certificates and their keys. */
  reload(): Promise<void>;
  /**
   * Says that it is not ready, goes on for `delayMs`, then takes no new calls, waits at most `graceMs`
   * for those that run, writes what is to be written and closes everything.
   */
  stop(options: { graceMs: number; delayMs?: number }): Promise<{ readonly cutCalls: number }>;
}

/** Who pays is told by the daemon, never by the client. */
const claimedMetadata: ReadonlySet<string> = new Set(['snet-user-address']);

/** What the upstream does not get to see: whoever has one of these can spend its owner's money. */
const secretMetadata: ReadonlySet<string> = new Set([
  ...claimedMetadata,
  paymentHeaders.channelSignature,
  paymentHeaders.freeCallAuthToken,
  paymentHeaders.prepaidAuthToken,
]);

/**
 * The composition root: builds the parts and wires them. Nothing else knows everybody.
 *
 * @throws BaseError that names what is wrong with the configuration, the chain, the content, the store
 *   or the port; what was opened before is closed again
 */
export async function startDaemon(options: StartDaemonOptions): Promise<RunningDaemon> {
  const { config, log, signal } = options;
  const closers = createClosers();
  const counters = createCounters();
  const onFault = (fault: unknown, requestId?: string) => {
    counters.faults += 1;
    log.error({ event: 'fault', error: fault, requestId }, 'Fault');
  };
  try {
    return await assemble();
  } catch (cause) {
    await closers.close(onFault);
    throw cause;
  }

  async function assemble(): Promise<RunningDaemon> {
    const stopping = new AbortController();
    // Files that are wrong are told before anything is waited for.
    const tls = await openTls({ config, log, closers });
    const network = getDaemonNetwork(config);
    const { version } = await readBuildInfo();
    const stopSwitch = createStopSwitch();
    const limits = openLimits({ config, counters, log });
    let paid: PaidSide | undefined;
    let group: GroupSide | undefined;
    if (config.blockchain_enabled) {
      // What reads the chain takes longest to load.
      const { startPaidSide } = await import('./serve/paid-side.ts');
      paid = await startPaidSide({ config, network, counters, log, signal, closers });
      const { store, ownership, channelState } = paid;
      const { startGroupSide } = await import('./serve/group-side.ts');
      const member = { store, ownership, clock: channelState.clock, stopSwitch };
      const { follow: onReplicas } = limits;
      group = await startGroupSide({ ...member, counters, log, closers, onReplicas, onFault });
    }

    const paymentTypes = paid?.paymentTypes ?? (await openGuestList(config, counters));
    const maxMessageBytes = config.max_message_size_in_mb * 2 ** 20;
    const encoding = paid?.service.service.encoding === 'json' ? 'json' : 'proto';
    const serviceType = paid?.service.service.serviceType ?? 'grpc';
    const { protos } = paid ?? {};
    const upstream = await openUpstream({
      ...{ config, serviceType, encoding, protos, version, log, counters },
    });
    closers.add(() => upstream.close());

    const drop = config.forward_payment_metadata ? claimedMetadata : secretMetadata;
    const pricing = paid && openPricing({ config, paid, upstream, drop, log });
    const probe = isLocal(serviceType, config) ? alwaysAlive : createProbe(config);
    const readiness = group?.readiness ?? alwaysReady;
    const { recovery, keccak } = paid?.channelState ?? (await loadCrypto());
    const services = new Map<string, ServiceNeeds>();
    const nameServices = () => {
      services.clear();
      const named = listServices({
        service: paid?.published.service,
        hasFreeCalls: paid?.freeCalls !== undefined,
        hasTokens: paid?.tokens.tokens !== undefined,
      });
      for (const [name, needs] of named) services.set(name, needs);
    };
    nameServices();
    paid?.published.subscribe(nameServices);
    const ownServices = createOwnServices({
      health: {
        probe,
        readiness,
        services,
        stopping: stopping.signal,
      },
      configuration: {
        config,
        log,
        stopSwitch,
        operators: config.authentication_addresses,
        clock: paid?.channelState.clock,
        recovery,
        keccak,
        counters,
        group: paid &&
          group && {
            store: paid.store,
            watch: group.watch,
            wallSeconds: systemTimers.wallSeconds,
          },
      },
      channelState: paid?.channelState,
      control: paid?.control,
      freeCalls: paid?.freeCalls,
      tokens: paid?.tokens,
      reflection: config.reflection_enabled
        ? { own: ownServiceList, published: () => paid?.published.service.protoFiles }
        : undefined,
      maxMessageBytes,
      counters,
      onFault,
    });
    const groupId = paid === undefined ? '' : formatGroupId(paid.service.group.groupId);
    const { registryText: registryAddress } = network;
    const heartbeat = () =>
      getHeartbeat({
        ...{ config, probe, readiness, version, groupId, registryAddress },
        metadataProblem: paid?.published.problem,
      });

    const ready = () => checkReady({ probe, readiness, stopping: stopping.signal });

    const admit = createAdmission([
      () => (stopSwitch.isStopped ? stoppedStatus : undefined),
      limits.admitCall,
    ]);
    const ports: CallPorts = {
      admit(head) {
        counters.calls += 1;
        return admit(head);
      },
      admitPayer: limits.admitPayer,
      paymentType: (head) =>
        paymentTypes === undefined ? unpaid : choosePaymentType(head, paymentTypes),
      price: (call) => pricing?.getPrice(call) ?? 0n,
      secretMetadata: drop,
      watch: await openObservation({
        ...{ config, log, counters, paid, probe, readiness, groupId, registryAddress, version },
        ...{ closers, onFault },
      }),
      onFault,
    };

    let graceMs = 0;
    signal.throwIfAborted();
    const listener = await startListener({
      ...readListenerSettings(config),
      ...(tls !== undefined && { tls: tls.settings() }),
      onCall: (exchange) => handleCall(exchange, ports),
      upstream: withTraining(upstream),
      ownServices: {
        owns: isOwnPath,
        handler: limitRequests(ownServices, { limits, isCheck: isHealthPath }),
      },
      http1: limitRequests(createHttpHandler({ heartbeat, ready, encoding }), {
        limits,
        isCheck: () => true,
      }),
      counters: counters.listener,
      onFault,
    });
    let cutCalls = 0;
    closers.add(async () => {
      cutCalls = await listener.close({ graceMs });
    });
    tls?.follow((settings) => listener.setTls(settings));
    const otherStore = paid && describeOtherStore(config, paid.service.group);
    if (otherStore !== undefined) {
      counters.group.otherStore = 1;
      announce(log, { event: 'other-store' }, otherStore);
    }
    await group?.register({ endpoint: listener.endpoint, serviceId: config.service_id, version });
    return {
      endpoint: listener.endpoint,
      facts: {
        version,
        organizationId: config.organization_id,
        serviceId: config.service_id,
        ...paid?.drivers,
      },
      async reload() {
        await Promise.all([tls?.reload(), paid?.follower.look()]);
      },
      async stop(stopOptions) {
        graceMs = stopOptions.graceMs;
        stopping.abort();
        // Balancers must see it before a connection is refused.
        await setTimeout(stopOptions.delayMs ?? 0);
        await closers.close(onFault);
        return { cutCalls };
      },
    };
  }
}
