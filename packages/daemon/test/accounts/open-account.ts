import { systemTimers, type Timers } from '../../src/accounts/account-ports.ts';
import { type ChannelAccounts, openChannelAccounts } from '../../src/accounts/channel-accounts.ts';
import { openOwnership } from '../../src/accounts/ownership.ts';
import type { ChainView, ChannelOnChain } from '../../src/chain/chain-view.ts';
import type { SignedPayment } from '../../src/ledger/judge.ts';
import type { ChannelRecord } from '../../src/ledger/record.ts';
import { decodeChannelRecord } from '../../src/ledger/record-codec.ts';
import { createCounters } from '../../src/observe/counters.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { Store } from '../../src/store/store.ts';

/** The channel that the tests of accounts pay on. */
export const testChannel: ChannelOnChain = {
  channelId: 7n,
  nonce: 0n,
  sender: `0x${'11'.repeat(20)}`,
  signer: `0x${'11'.repeat(20)}`,
  recipient: `0x${'22'.repeat(20)}`,
  groupId: `0x${'33'.repeat(32)}`,
  value: 1_000_000n,
  expiration: 1_000_000n,
  block: 1n,
};

const chainOfOneChannel: ChainView = { peek: () => testChannel, read: async () => testChannel };

/** What {@link openTestAccounts} stands on; in memory when left out. */
export interface TestAccountsOptions {
  readonly store?: Store;
  readonly chain?: ChainView;
  readonly timers?: Timers;
}

/** The accounts of one replica. */
export async function openTestAccounts({
  store = createMemoryStore('test'),
  chain = chainOfOneChannel,
  timers = systemTimers,
}: TestAccountsOptions = {}): Promise<ChannelAccounts> {
  const ownership = await openOwnership({ store, timers });
  return openChannelAccounts({ store, ownership, chain, timers, counters: createCounters() });
}

/** A payment on {@link testChannel}; price 1 cog and nonce 0 unless told. */
export function payTo(amount: bigint, more: Partial<SignedPayment> = {}): SignedPayment {
  const signature = new Uint8Array([Number(amount % 256n)]);
  return { nonce: 0n, amount, price: 1n, signature, allowGap: false, ...more };
}

/** A client that stays. */
export function staying(): { signal: AbortSignal; admit: () => void } {
  return { signal: new AbortController().signal, admit() {} };
}

/** The record of {@link testChannel} as the store has it. */
export async function readStoredRecord(store: Store): Promise<ChannelRecord> {
  const stored = await store.get('channel/7');
  if (stored === undefined) throw new Error('the channel is not in the store');
  return decodeChannelRecord(stored.value, 'channel/7');
}
