import { mainnet } from './mainnet.ts';
import type { Network } from './network.ts';
import { sepolia } from './sepolia.ts';

/** The public networks, with every deployment of both tokens (protocol/sdk.md 5.1). */
export const networks: readonly Network[] = [mainnet, sepolia];
