import { parseWallet } from './parse-wallet.ts';

/** How many free calls a wallet has, for each of its users; `undefined`: as many as it likes. */
export type FreeCallQuota = (wallet: string) => bigint | undefined;

/**
 * The number in the service metadata, unless `free_calls_per_address` has another one for the wallet;
 * 0 there stands for none of its own (daemon.md 4.2, step 8).
 */
export function createFreeCallQuota(options: {
  readonly perAddress: Readonly<Record<string, number | 'unlimited'>>;
  /** `free_calls` of the service metadata, as it counts now. */
  readonly fallback: () => number;
}): FreeCallQuota {
  const own = new Map<string | undefined, bigint | undefined>();
  for (const [address, calls] of Object.entries(options.perAddress)) {
    if (calls !== 0)
      own.set(parseWallet(address), calls === 'unlimited' ? undefined : BigInt(calls));
  }
  return (wallet) => (own.has(wallet) ? own.get(wallet) : BigInt(options.fallback()));
}
