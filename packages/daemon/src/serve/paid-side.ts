import { type BaseError, bytesToHex, sameAddress } from '@snetkit/core';
import type { ResolvedService } from '@snetkit/metadata';
import { loadCrypto } from '@snetkit/native-crypto';
import { systemTimers } from '../accounts/account-ports.ts';
import { openChannelAccounts } from '../accounts/channel-accounts.ts';
import { createClaims } from '../accounts/claims.ts';
import { openCounterAccounts } from '../accounts/counter-accounts.ts';
import { type Ownership, openOwnership } from '../accounts/ownership.ts';
import { startClaimRemoval } from '../accounts/start-claim-removal.ts';
import { createTokenCommits } from '../accounts/token-commits.ts';
import type { ChainView, ChannelOnChain } from '../chain/chain-view.ts';
import { createBlockClock } from '../chain/create-block-clock.ts';
import { createChainView } from '../chain/create-chain-view.ts';
import { findClaimedAmount } from '../chain/find-claimed-amount.ts';
import { readNonceAt } from '../chain/read-nonce-at.ts';
import { systemChainTimers } from '../chain/timers.ts';
import { getFastestBlockTime } from '../config/fastest-block-time.ts';
import type { DaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import { countCommits } from '../observe/count-commits.ts';
import type { Counters } from '../observe/counters.ts';
import type { Logger } from '../observe/logger.ts';
import { createAllowedUsers } from '../payments/allowed-users.ts';
import { createEscrowPayment } from '../payments/escrow.ts';
import { createTrainCall } from '../payments/train-call.ts';
import type { ChannelStateOptions } from '../services/channel-state.ts';
import type { ControlOptions } from '../services/control.ts';
import type { FreeCallStateOptions } from '../services/free-call-state.ts';
import type { TokenOptions } from '../services/token.ts';
import type { Store } from '../store/store.ts';
import { createModelPrices } from '../training/model-prices.ts';
import { checkPrices } from './check-prices.ts';
import type { PaymentTypes } from './choose-payment-type.ts';
import type { Closers } from './closers.ts';
import type { ServiceProtos } from './compile-service.ts';
import { describeLasting } from './describe-lasting.ts';
import { followService, type ServiceFollower } from './follow-service.ts';
import { openChain } from './open-chain.ts';
import { openFreeCalls } from './open-free-calls.ts';
import { openPrepaid } from './open-prepaid.ts';
import { openStore } from './open-store.ts';
import { createPublishedService, type PublishedService } from './published-service.ts';
import { readService } from './read-service.ts';
import { readServiceUris } from './read-service-uris.ts';
import { superviseEtcd } from './supervise-etcd.ts';

/** The parts of a daemon that is paid. */
export interface PaidSide {
  /** As it was at the start; what never changes while calls run is read from here. */
  readonly service: ResolvedService;
  /** The protos at the start, or why they do not compile. */
  readonly protos: ServiceProtos | BaseError;
  /** As it counts now. */
  readonly published: PublishedService;
  readonly follower: ServiceFollower;
  readonly paymentTypes: PaymentTypes;
  readonly channelState: ChannelStateOptions;
  readonly control: ControlOptions;
  readonly store: Store;
  readonly chain: ChainView;
  readonly ownership: Ownership;
  readonly freeCalls: FreeCallStateOptions | undefined;
  readonly tokens: TokenOptions;
  /** Names of the drivers that recover signers and hash; portable ones are slow. */
  readonly drivers: { readonly recovery: string; readonly keccak: string };
}

/** What the paid side is started with. */
export interface PaidSideOptions {
  readonly config: Config;
  readonly network: DaemonNetwork;
  readonly counters: Counters;
  readonly log: Logger;
  /** Gives the start up. */
  readonly signal: AbortSignal;
  /** Takes what must be closed again. */
  readonly closers: Closers;
}

/**
 * Starts everything between a payment and the chain: node, documents, store, block clock, channel
 * accounts, payment types.
 *
 * @throws BaseError that names what is wrong
 */
export async function startPaidSide(options: PaidSideOptions): Promise<PaidSide> {
  const { config, network, counters, log, signal, closers } = options;
  const client = await openChain({ config, network, counters: counters.chain, signal });
  const service = await readService({ client, config, network, signal });
  const published = createPublishedService(service);
  const { protos } = published;
  const tellPrices = () => {
    const { service, protos } = published;
    for (const line of checkPrices(service.group, protos)) log.warn({ event: 'prices' }, line);
  };
  tellPrices();
  published.subscribe(tellPrices);
  const { paymentAddress: recipient, groupId: id } = service.group;
  const groupId = bytesToHex(id);

  const { recovery, keccak, keccakName, whyPortable } = await loadCrypto();
  if (whyPortable !== undefined) {
    log.warn(
      { event: 'drivers' },
      `Signatures are recovered by the portable driver, 20 times slower: ${whyPortable}`,
    );
  }
  const store = countCommits(await openStore({ config, network, service }), counters.commits);
  closers.add(() => store.close());

  const running = new AbortController();
  closers.add(() => running.abort());
  if ('setEndpoints' in store) {
    await superviseEtcd({ store, config, network, service, client, log, signal: running.signal });
  }
  const clock = createBlockClock({
    client,
    pollMs: config.block_poll_interval,
    timeoutMs: config.chain_request_timeout,
    fastestBlockMs: getFastestBlockTime(config),
    signal: running.signal,
    counters: counters.chain,
  });
  const { mpe } = network;
  const chain = createChainView({
    client,
    mpe,
    clock,
    timeoutMs: config.chain_request_timeout,
    keeps: (channel: ChannelOnChain) =>
      sameAddress(channel.recipient, recipient) && channel.groupId.toLowerCase() === groupId,
    signal: running.signal,
  });
  clock.subscribe(({ head }) => {
    counters.head = { block: head.number, seenAt: performance.now() };
  });
  // From here on the block is known: the first call must not be refused for want of it.
  await clock.refresh();
  const ownership = await openOwnership({ store, timers: systemTimers });
  closers.add(() => ownership.close());
  const ledger = { store, ownership, timers: systemTimers, counters };
  const accounts = openChannelAccounts({ ...ledger, chain });
  closers.add(() => accounts.close());
  const counterAccounts = openCounterAccounts(ledger);
  closers.add(() => counterAccounts.close());

  const shared = { accounts, chain, clock, recovery, keccak, mpe, recipient, groupId, counters };
  const claims = createClaims({
    ...{ store, chain, accounts, recipient, groupId },
    latestBlock: () => clock.current(),
    readNonceAt: (channelId, block) =>
      readNonceAt(client, {
        ...{ mpe, channelId, block, signal: running.signal },
        timeoutMs: config.chain_request_timeout,
      }),
    findClaimedAmount: ({ channelId, nonce, startedBlock }) =>
      findClaimedAmount(client, {
        ...{ mpe, channelId, nonce, signal: running.signal },
        fromBlock: startedBlock,
        toBlock: clock.current(),
      }),
  });
  closers.add(startClaimRemoval({ removeLanded: claims.removeLanded, timers: systemTimers }));
  const isAllowedUser = createAllowedUsers(config);
  const terms = { ...shared, isAllowedUser };
  const getThreshold = () => published.service.group.paymentExpirationThreshold;
  // Getters are lost when an object is spread: each user has its own.
  const escrow = createEscrowPayment({
    ...terms,
    get expirationThreshold() {
      return getThreshold();
    },
  });
  const freeCalls = openFreeCalls({
    ...{ config, network, published, client, clock, recovery, keccak, isAllowedUser },
    ...{ counterAccounts, counters, log, signal: running.signal },
  });
  const prepaid = openPrepaid({ config, service, counterAccounts, timers: systemTimers, log });
  const commits = createTokenCommits({ store, chain, accounts, counters: counterAccounts });
  const follower = followService({
    published,
    readUris: () => readServiceUris({ client, config, network, signal: running.signal }),
    resolve: () => readService({ client, config, network, signal: running.signal }),
    describeLasting: (current, next) => describeLasting(current, next, config),
    intervalMs: config.metadata_reload_interval,
    timers: systemChainTimers,
    signal: running.signal,
    counters: counters.group,
    log,
  });
  return {
    service,
    protos,
    published,
    follower,
    paymentTypes: {
      escrow,
      'train-call': createTrainCall({
        escrow,
        prices: createModelPrices({ store, serviceId: config.service_id }),
      }),
      'free-call': freeCalls.payment,
      'prepaid-call': prepaid.payment,
    },
    channelState: shared,
    control: { ...shared, claims },
    store,
    chain,
    ownership,
    freeCalls: freeCalls.state,
    tokens: {
      ...terms,
      get expirationThreshold() {
        return getThreshold();
      },
      tokens: prepaid.tokens,
      commits,
      counterAccounts,
    },
    drivers: { recovery: recovery.name, keccak: keccakName },
  };
}
