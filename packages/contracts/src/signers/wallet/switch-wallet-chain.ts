import { BaseError } from '@snetkit/core';
import { formatQuantity, parseQuantity } from '../../rpc/quantity.ts';
import type { EthereumProvider } from './ethereum-provider.ts';
import { requestWallet } from './request-wallet.ts';

/** A chain that a wallet is to be on. */
export interface WalletChain {
  readonly chainId: number;
  /** Needed when the wallet may not know the chain, so that it can be added (EIP-3085). */
  readonly add?:
    | {
        /** For the user: "Sepolia". */
        readonly name: string;
        /** `https://` URLs that the wallet may use. */
        readonly rpcUrls: readonly string[];
        /** Symbol of the coin that gas is paid in; `ETH` when not given, always with 18 decimals. */
        readonly symbol?: string | undefined;
        readonly explorerUrls?: readonly string[] | undefined;
      }
    | undefined;
}

/** Options of {@link switchWalletChain}. */
export interface SwitchWalletChainOptions extends WalletChain {
  /** Milliseconds that the user has for each question; 300,000 when not given. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks the user to switch the wallet to a chain (EIP-3326), and to add it (EIP-3085) when the wallet does
 * not know it and `add` tells about it. Does nothing when the wallet is there already.
 *
 * @throws BaseError `SIGNER_REFUSED`, `WALLET_CHAIN_MISMATCH` when it is still on another chain after that,
 * `SIGNER_UNSUPPORTED`, `TIMED_OUT`, `ABORTED`
 */
export async function switchWalletChain(
  provider: EthereumProvider,
  options: SwitchWalletChainOptions,
): Promise<void> {
  const { chainId, add, timeoutMs = 300_000, signal } = options;
  const how = { timeoutMs, signal };
  if ((await getWalletChainId(provider, how)) === chainId) return;
  const id = formatQuantity(BigInt(chainId));
  const turn = () =>
    requestWallet(provider, {
      ...{ method: 'wallet_switchEthereumChain', params: [{ chainId: id }] },
      ...how,
    });
  try {
    await turn();
  } catch (error) {
    const unknown = error instanceof BaseError && error.code === 'WALLET_CHAIN_MISMATCH';
    if (!unknown || add === undefined) throw error;
    const { name, rpcUrls, symbol = 'ETH', explorerUrls } = add;
    const nativeCurrency = { name: symbol, symbol, decimals: 18 };
    const chain = { chainId: id, chainName: name, rpcUrls, nativeCurrency };
    const params = [{ ...chain, ...(explorerUrls && { blockExplorerUrls: explorerUrls }) }];
    await requestWallet(provider, { method: 'wallet_addEthereumChain', params, ...how });
    // Adding offers to switch, too, but need not do it.
    if ((await getWalletChainId(provider, how)) !== chainId) await turn();
  }
  await checkWalletChain(provider, { chainId, ...how });
}

/** @throws BaseError `WALLET_CHAIN_MISMATCH` when the wallet is on another chain */
export async function checkWalletChain(
  provider: EthereumProvider,
  options: { chainId: number; timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<void> {
  const found = await getWalletChainId(provider, options);
  if (found === options.chainId) return;
  throw new BaseError('WALLET_CHAIN_MISMATCH', 'The wallet is on another chain.', {
    expected: `chain ${options.chainId}`,
    found: `chain ${found}`,
    hint: 'switch the wallet, or let switchWalletChain ask the user to do it',
  });
}

async function getWalletChainId(
  provider: EthereumProvider,
  options: { timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<number> {
  const answer = await requestWallet(provider, { method: 'eth_chainId', ...options });
  return Number(parseQuantity(answer, 'eth_chainId'));
}
