import { type ChannelAccounts, openChannelAccounts } from '../../src/accounts/channel-accounts.ts';
import { openOwnership } from '../../src/accounts/ownership.ts';
import { handleCall } from '../../src/call/handle-call.ts';
import type { PaymentType } from '../../src/payments/payment.ts';
import type { SimulatedPayment } from './network.ts';
import type { Scheduler } from './scheduler.ts';
import type { SimulatedChain } from './simulated-chain.ts';
import type { SimulatedExchange } from './simulated-exchange.ts';
import type { Connection, SimulatedStore } from './simulated-store.ts';

/** The channel that all simulated calls are paid on. */
export const channelId = 7n;

/** One incarnation of a daemon's paid side, with the calls that run in it. */
export interface Replica {
  readonly accounts: ChannelAccounts;
  readonly connection: Connection;
  readonly running: Set<SimulatedExchange>;
}

/** What {@link startReplica} needs. */
export interface ReplicaPorts {
  readonly scheduler: Scheduler;
  readonly store: SimulatedStore;
  readonly chain: SimulatedChain;
}

/** Starts an incarnation with an empty memory. */
export async function startReplica(
  name: string,
  { scheduler, store, chain }: ReplicaPorts,
): Promise<Replica> {
  const connection = store.connect(name);
  const { store: connected } = connection;
  const timers = scheduler.timers(connection.isDead);
  const ownership = await openOwnership({ store: connected, timers });
  const accounts = openChannelAccounts({
    store: connected,
    ownership,
    chain: chain.view(name, connection.isDead),
    timers,
    counters: { storeReads: 0, callCommits: 0, otherWrites: 0, droppedOrphans: 0 },
  });
  return { accounts, connection, running: new Set() };
}

/** What {@link carryCall} needs beside the call. */
export interface CarryOptions {
  readonly allowGap: boolean;
  onFault(fault: unknown): void;
}

/** Sends a call on the running path of calls. */
export function carryCall(
  { accounts, running }: Replica,
  exchange: SimulatedExchange,
  payment: SimulatedPayment,
  { allowGap, onFault }: CarryOptions,
): void {
  running.add(exchange);
  void exchange.clientEnd.then(() => running.delete(exchange));
  void handleCall(exchange, {
    admit: () => undefined,
    paymentType: () => payWith(accounts, payment, allowGap),
    price: () => payment.price,
    secretMetadata: new Set(),
    onFault,
  });
}

/** Escrow without the parts that need a signature. */
function payWith(
  accounts: ChannelAccounts,
  { nonce, amount }: SimulatedPayment,
  allowGap: boolean,
): PaymentType {
  return {
    name: 'simulated',
    async begin(_head, { price, signal }) {
      const account = accounts.get(channelId);
      const signature = signatureOf(nonce, amount);
      const payment = { nonce, amount, price: await price(), signature, allowGap };
      const call = await account.begin(payment, { signal });
      return {
        payer: undefined,
        rollback: () => account.rollback(call),
        commit: () => account.commit(call),
        handOver: (how) => account.handOver(call, how),
        settle: () => account.settle(call),
        takeBack: () => account.takeBack(call),
      };
    },
  };
}

/** Stands for a signature, and tells what it is over. */
export function signatureOf(nonce: bigint, amount: bigint): Uint8Array {
  return new Uint8Array([Number(nonce), Number(amount % 256n)]);
}
