import { encodeEscrowHeaders } from '@snetkit/core';
import type { ChannelAccount } from '../../src/accounts/channel-account.ts';
import { type ChannelAccounts, openChannelAccounts } from '../../src/accounts/channel-accounts.ts';
import { type Claims, createClaims } from '../../src/accounts/claims.ts';
import { type CounterAccounts, openCounterAccounts } from '../../src/accounts/counter-accounts.ts';
import { openOwnership } from '../../src/accounts/ownership.ts';
import { channelKey } from '../../src/accounts/read-record.ts';
import { createTokenCommits, type TokenCommits } from '../../src/accounts/token-commits.ts';
import { handleCall } from '../../src/call/handle-call.ts';
import type { Metadata } from '../../src/call/status.ts';
import { ledgerRules } from '../../src/ledger/rules.ts';
import { createEscrowPayment } from '../../src/payments/escrow.ts';
import type { PaymentType } from '../../src/payments/payment.ts';
import { confirmations } from './confirmations.ts';
import type { Plant } from './mutants/mutant.ts';
import type { SimulatedPayment } from './network.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedChain } from './simulated-chain.ts';
import type { SimulatedExchange } from './simulated-exchange.ts';
import { signatureOf, simulatedKeccak, simulatedRecovery } from './simulated-signatures.ts';
import type { Connection, SimulatedStore } from './simulated-store.ts';
import type { Witness } from './witness.ts';

/** Who the simulated channels pay. */
export const ownGroup = { recipient: `0x${'22'.repeat(20)}`, groupId: `0x${'33'.repeat(32)}` };

/** A channel must live longer than this: blocks. */
export const expirationThreshold = 100n;

/** One incarnation of a daemon's paid side, with the calls that run in it. */
export interface Replica {
  readonly accounts: ChannelAccounts;
  /** Whether it has nothing left to write about any channel. */
  isIdle(): boolean;
  readonly escrow: PaymentType;
  readonly claims: Claims;
  readonly counters: CounterAccounts;
  readonly tokens: TokenCommits;
  readonly plant: Plant;
  readonly connection: Connection;
  readonly running: Set<SimulatedExchange>;
}

/** What {@link startReplica} needs. */
export interface ReplicaPorts {
  readonly scheduler: Scheduler;
  readonly store: SimulatedStore;
  readonly chain: SimulatedChain;
  readonly plant: Plant;
  readonly counterKeys: readonly string[];
  readonly channels: readonly { readonly id: bigint; readonly witness: Witness }[];
}

/** Starts an incarnation with an empty memory. */
export async function startReplica(
  name: string,
  { scheduler, store: allStore, chain: allChain, channels, plant, counterKeys }: ReplicaPorts,
): Promise<Replica> {
  const connection = allStore.connect(name);
  const store = plant.store?.(connection.store, { forsake }) ?? connection.store;
  const timers = scheduler.timers(connection.isDead);
  const chain = allChain.view(name, connection.isDead);
  const ownership = await openOwnership({ store, timers });
  const tallies = { storeReads: 0, callCommits: 0, otherWrites: 0, droppedOrphans: 0 };
  const accounts = openChannelAccounts({
    store,
    ownership,
    chain,
    timers,
    counters: tallies,
    rules: { ...ledgerRules, ...plant.rules },
  });
  function forsake(key: string): void {
    for (const { id } of channels) if (key === channelKey(id)) accounts.get(id).forsake();
    if (!key.startsWith('channel/')) counters.get(key).forsake();
  }
  const counters = openCounterAccounts({
    store,
    ownership,
    timers,
    counters: tallies,
    rules: { ...ledgerRules, ...plant.rules },
  });
  const tokens = createTokenCommits({ store, chain, accounts, counters });
  const escrow = createEscrowPayment({
    accounts: plantAccounts(accounts, plant),
    chain,
    clock: allChain.clock(),
    recovery: simulatedRecovery,
    keccak: simulatedKeccak,
    mpe: `0x${'44'.repeat(20)}`,
    ...ownGroup,
    isAllowedUser: () => true,
    expirationThreshold,
    counters: { signatureRecoveries: 0 },
  });
  const claims = (plant.claims ?? createClaims)({
    store,
    chain,
    accounts,
    ...ownGroup,
    latestBlock: () => allChain.block,
    readNonceAt: async (channelId, block) => {
      await scheduler.moment(`${name} looks back`, connection.isDead);
      return allChain.nonceAt(channelId, block);
    },
    findClaimedAmount: async ({ channelId, nonce }) => {
      await scheduler.moment(`${name} looks for an event`, connection.isDead);
      const isThere = allChain.channel(channelId).nonce > nonce;
      const channel = channels.find(({ id }) => id === channelId);
      // Moved by others, or by the sender's time-out: it took nothing that is owed here.
      return isThere ? (channel?.witness.books.landed.get(nonce) ?? 0n) : undefined;
    },
    confirmations,
    rules: { ...ledgerRules, ...plant.rules },
  });
  // Fetched once: to ask for an account counts as using it.
  const all: { readonly isIdle: boolean }[] = channels.map(({ id }) => accounts.get(id));
  for (const key of counterKeys) all.push(counters.get(key));
  const isIdle = () => all.every((account) => account.isIdle);
  return {
    accounts,
    isIdle,
    escrow,
    claims,
    counters,
    tokens,
    plant,
    connection,
    running: new Set(),
  };
}

function plantAccounts(accounts: ChannelAccounts, { account }: Plant): ChannelAccounts {
  if (account === undefined) return accounts;
  const planted = new Map<bigint, ChannelAccount>();
  return {
    ...accounts,
    get: (id) => {
      const known = planted.get(id) ?? (account(accounts.get(id)) as ChannelAccount);
      planted.set(id, known);
      return known;
    },
  };
}

/** The headers of a payment. */
export function headersOf(
  channelId: bigint,
  { nonce, amount }: SimulatedPayment,
  { gap }: { gap: boolean },
): Metadata {
  const signature = signatureOf({ channelId, nonce, amount });
  const metadata: Record<string, string> = {};
  for (const [name, value] of encodeEscrowHeaders({ channelId, nonce, amount, signature })) {
    metadata[name] = typeof value === 'string' ? value : Buffer.from(value).toString('base64');
  }
  if (gap) metadata['snet-payment-allow-gap'] = '1';
  return metadata;
}

/** Sends a call on the running path of calls. */
export function carryCall(
  { running }: Replica,
  exchange: SimulatedExchange,
  options: { payment: PaymentType; price: bigint; onFault(fault: unknown): void },
): void {
  running.add(exchange);
  void exchange.clientEnd.then(() => running.delete(exchange));
  void handleCall(exchange, {
    admit: () => undefined,
    admitPayer: () => undefined,
    paymentType: () => options.payment,
    price: () => options.price,
    secretMetadata: new Set(),
    onFault: options.onFault,
  });
}
