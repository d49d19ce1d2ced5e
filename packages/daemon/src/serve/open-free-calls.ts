import type { ChainClient } from '@snetkit/contracts';
import { formatGroupId, type Keccak256, type SignatureRecovery } from '@snetkit/core';
import type { CounterAccounts } from '../accounts/counter-accounts.ts';
import type { BlockClock } from '../chain/chain-view.ts';
import type { DaemonNetwork } from '../config/network.ts';
import type { Config } from '../config/schema.ts';
import { findSigningKey } from '../free-calls/find-signing-key.ts';
import { parseWallet } from '../free-calls/parse-wallet.ts';
import { createFreeCallQuota } from '../free-calls/quota.ts';
import { createTokenBalances } from '../free-calls/token-balances.ts';
import { createTokenMemory } from '../free-calls/token-memory.ts';
import type { Counters } from '../observe/counters.ts';
import type { Logger } from '../observe/logger.ts';
import type { AllowedUsers } from '../payments/allowed-users.ts';
import { createFreeCallPayment } from '../payments/free-call.ts';
import type { PaymentType } from '../payments/payment.ts';
import type { FreeCallStateOptions } from '../services/free-call-state.ts';
import type { PublishedService } from './published-service.ts';

/** What free calls stand on. */
export interface OpenFreeCallsOptions {
  readonly config: Config;
  readonly network: DaemonNetwork;
  readonly published: Pick<PublishedService, 'service'>;
  readonly client: ChainClient;
  readonly clock: BlockClock;
  readonly recovery: SignatureRecovery;
  readonly keccak: Keccak256;
  readonly isAllowedUser: AllowedUsers;
  /** Where calls are counted. */
  readonly counterAccounts: CounterAccounts;
  readonly counters: Counters;
  readonly log: Logger;
  /** Ends what runs. */
  readonly signal: AbortSignal;
}

/** Both sides of free calls. */
export interface FreeCalls {
  readonly payment: PaymentType;
  /** Absent where this daemon gives out no tokens (daemon.md, section 1). */
  readonly state: FreeCallStateOptions | undefined;
}

/**
 * Free calls. Tokens that another daemon of the group gave out are good here, too: only giving them
 * out takes the key.
 */
export function openFreeCalls(options: OpenFreeCallsOptions): FreeCalls {
  const { config, network, published, client, clock, counterAccounts, counters, log, signal } =
    options;
  const { group } = published.service;
  const { recovery, keccak, isAllowedUser } = options;
  const shared = {
    terms: {
      organizationId: config.organization_id,
      serviceId: config.service_id,
      groupName: config.daemon_group_name,
      groupId: formatGroupId(group.groupId),
      signer: group.freeCallSignerAddress,
    },
    accounts: counterAccounts,
    quota: createFreeCallQuota({
      perAddress: config.free_calls_per_address,
      fallback: () => published.service.group.freeCalls,
    }),
    tokens: createTokenMemory(),
    clock,
    recovery,
    keccak,
    isAllowedUser,
    counters,
  };
  const payment = createFreeCallPayment(shared);
  const { key, problem } = findSigningKey({
    privateKey: config.private_key_for_free_calls,
    signer: group.freeCallSignerAddress,
  });
  if (problem !== undefined) log.warn({ event: 'free-calls' }, problem);
  if (key === undefined) return { payment, state: undefined };
  const state: FreeCallStateOptions = {
    ...shared,
    privateKey: key,
    trusted: new Set(config.trusted_free_call_signers.map((address) => parseWallet(address) ?? '')),
    minBalance: BigInt(config.min_balance_for_free_call),
    balances: createTokenBalances({
      client,
      token: network.token,
      clock,
      timeoutMs: config.chain_request_timeout,
      signal,
    }),
  };
  return { payment, state };
}
