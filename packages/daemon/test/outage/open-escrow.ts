import { keccak256, portableRecovery } from '@snetkit/core';
import { systemTimers } from '../../src/accounts/account-ports.ts';
import { openChannelAccounts } from '../../src/accounts/channel-accounts.ts';
import { openOwnership } from '../../src/accounts/ownership.ts';
import { createBlockClock, type RunningBlockClock } from '../../src/chain/create-block-clock.ts';
import { createChainView } from '../../src/chain/create-chain-view.ts';
import { createEscrowPayment } from '../../src/payments/escrow.ts';
import type { PaymentType } from '../../src/payments/payment.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { createManualTimers, type ManualTimers } from '../chain/manual-timers.ts';
import { chainAccounts, type TestChain, testGroupId } from '../chain/test-chain.ts';

/** Escrow payments on a real chain whose time a test can move. */
export interface OpenEscrow extends AsyncDisposable {
  readonly escrow: PaymentType;
  readonly clock: RunningBlockClock;
  /** Time of the clock and of the channel view. */
  readonly timers: ManualTimers;
}

/** Builds the parts of a daemon that decide on an escrow payment, as `serve/paid-side.ts` does. */
export async function openEscrow(
  { client, mpe }: TestChain,
  options: { fastestBlockMs: number; expirationThreshold: bigint },
): Promise<OpenEscrow> {
  const { fastestBlockMs, expirationThreshold } = options;
  const timers = createManualTimers();
  const stop = new AbortController();
  const shared = { client, timers, timeoutMs: 500, signal: stop.signal };
  const clock = createBlockClock({ ...shared, pollMs: 4_000, fastestBlockMs });
  const chain = createChainView({ ...shared, mpe, clock });
  await clock.refresh();
  const store = createMemoryStore('test');
  const ownership = await openOwnership({ store, timers: systemTimers });
  const counters = { storeReads: 0, callCommits: 0, otherWrites: 0, droppedOrphans: 0 };
  const ledger = { store, ownership, timers: systemTimers, counters };
  const accounts = openChannelAccounts({ ...ledger, chain });
  const escrow = createEscrowPayment({
    accounts,
    chain,
    clock,
    recovery: portableRecovery,
    isAllowedUser: () => true,
    keccak: keccak256,
    mpe,
    recipient: chainAccounts.provider.address,
    groupId: testGroupId,
    expirationThreshold,
    counters: { signatureRecoveries: 0 },
  });
  return {
    escrow,
    clock,
    timers,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await accounts.close();
      await ownership.close();
    },
  };
}
