import { type ChainClient, getTokenBalance, getTokenInfo } from '@snetkit/contracts';
import type { Address } from '@snetkit/core';
import type { BlockClock } from '../chain/chain-view.ts';

/** What wallets hold of the token that channels are paid in. */
export interface TokenBalances {
  /**
   * Whether the wallet holds so many whole tokens; asked once for each wallet and block.
   *
   * @throws BaseError when the chain does not tell, or not in time
   */
  hasAtLeast(wallet: Address, tokens: bigint): Promise<boolean>;
}

/** Options of {@link createTokenBalances}. */
export interface TokenBalancesOptions {
  readonly client: ChainClient;
  readonly token: Address;
  readonly clock: BlockClock;
  /** Milliseconds for one answer. */
  readonly timeoutMs: number;
  /** Ends everything that runs. */
  readonly signal: AbortSignal;
  /** Wallets kept at most; 10,000 unless given. */
  readonly maxWallets?: number;
}

/** Looks balances up on the chain. The decimals are the contract's, read when they are needed first. */
export function createTokenBalances(options: TokenBalancesOptions): TokenBalances {
  const { client, token, clock, timeoutMs, signal, maxWallets = 10_000 } = options;
  const balances = new Map<string, Promise<bigint>>();
  let block = -1n;
  let decimals: Promise<number> | undefined;

  const deadline = () => ({ signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });

  function readBalance(account: Address): Promise<bigint> {
    const latest = clock.current();
    if (latest !== block || balances.size >= maxWallets) balances.clear();
    block = latest;
    const key = account.toLowerCase();
    const known = balances.get(key);
    if (known !== undefined) return known;
    const balance = getTokenBalance(client, { token, account, ...deadline() });
    balances.set(key, balance);
    balance.catch(() => {
      if (balances.get(key) === balance) balances.delete(key);
    });
    return balance;
  }

  function readDecimals(): Promise<number> {
    if (decimals !== undefined) return decimals;
    const reading = getTokenInfo(client, { token, ...deadline() }).then((info) => info.decimals);
    decimals = reading;
    reading.catch(() => {
      decimals = undefined;
    });
    return reading;
  }

  return {
    async hasAtLeast(wallet, tokens) {
      const [balance, digits] = await Promise.all([readBalance(wallet), readDecimals()]);
      return balance >= tokens * 10n ** BigInt(digits);
    },
  };
}
