// A subpath of its own: only pages with a wallet need it.
export {
  type ConnectWalletOptions,
  connectWallet,
  type WalletSigner,
} from './wallet/connect-wallet.ts';
export {
  type DiscoveredWallet,
  type DiscoverWalletsOptions,
  discoverWallets,
} from './wallet/discover-wallets.ts';
export type { EthereumProvider } from './wallet/ethereum-provider.ts';
export {
  type SwitchWalletChainOptions,
  switchWalletChain,
  type WalletChain,
} from './wallet/switch-wallet-chain.ts';
