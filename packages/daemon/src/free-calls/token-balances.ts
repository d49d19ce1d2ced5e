import { type ChainClient, getTokenBalance, getTokenInfo } from '@snetkit/contracts';
import { type Address, BaseError } from '@snetkit/core';
import type { BlockClock } from '../chain/chain-view.ts';
import { createGate } from '../chain/create-gate.ts';

/** What wallets hold of the token that channels are paid in. */
export interface TokenBalances {
  /**
   * Whether the wallet holds so many whole tokens; asked once for each wallet and block, for a few
   * wallets at a time.
   *
   * @throws BaseError when the chain does not tell, or not in time, or too many wallets ask in a block
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
  /** Requests for wallets in one block at most; 64 unless given. */
  readonly maxPerBlock?: number;
}

/** Requests for wallets that run at once: making up a wallet costs its maker nothing. */
const width = 8;

/** Looks balances up on the chain. The decimals are the contract's, read when they are needed first. */
export function createTokenBalances(options: TokenBalancesOptions): TokenBalances {
  const { client, token, clock, timeoutMs, signal, maxPerBlock = 64 } = options;
  const balances = new Map<string, Promise<bigint>>();
  let block = -1n;
  let decimals: Promise<number> | undefined;

  /** Requests for wallets in `block`, failed ones included. */
  let asked = 0;
  const gate = createGate(width);

  const deadline = () => ({ signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) });

  function readBalance(account: Address): Promise<bigint> {
    const latest = clock.current();
    if (latest !== block) {
      balances.clear();
      asked = 0;
    }
    block = latest;
    const key = account.toLowerCase();
    const known = balances.get(key);
    if (known !== undefined) return known;
    if (asked >= maxPerBlock) return Promise.reject(refuseMore(maxPerBlock));
    asked += 1;
    const balance = inTurn(account);
    balances.set(key, balance);
    balance.catch(() => {
      if (balances.get(key) === balance) balances.delete(key);
    });
    return balance;
  }

  /** The deadline holds for the wait as well: whoever is before it in the line has an earlier one. */
  function inTurn(account: Address): Promise<bigint> {
    const stop = deadline();
    return gate.pass(() => getTokenBalance(client, { token, account, ...stop }));
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

function refuseMore(maxPerBlock: number): BaseError {
  return new BaseError(
    'RPC_RATE_LIMITED',
    'Too many wallets asked for their balance in this block.',
    {
      expected: `at most ${maxPerBlock} wallets`,
    },
  );
}
