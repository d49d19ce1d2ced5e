import {
  createTestClient,
  http,
  type PublicActions,
  publicActions,
  type TestActions,
  type WalletActions,
  walletActions,
} from 'viem';

/** A client of a local anvil chain, with its test commands and its unlocked accounts. */
export type DevnetChain = PublicActions & TestActions & WalletActions;

/** Opens a client of a local anvil chain; nothing is sent yet. */
export function createDevnetChain(rpcUrl: string): DevnetChain {
  const transport = http(rpcUrl, { retryCount: 0, timeout: 20_000 });
  return createTestClient({ mode: 'anvil', transport, pollingInterval: 50, cacheTime: 0 })
    .extend(publicActions)
    .extend(walletActions);
}
