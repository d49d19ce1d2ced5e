import type { Devnet } from '@snetkit/devnet';
import type { Wallet } from '../client/wallet.ts';
import type { Provider } from '../provider/provider.ts';
import type { FlakyService } from '../service/flaky-service.ts';
import type { ChainFaults } from './chain-faults.ts';
import type { Replica } from './replica.ts';
import type { RpcProxy } from './rpc-proxy.ts';
import type { StoreSide } from './store-side.ts';

/** What the store of a world is. */
export type StoreKind = 'sqlite' | 'etcd';

/** Everything that runs: a chain, a service, a store, two replicas. It serves many runs. */
export interface World {
  readonly kind: StoreKind;
  readonly devnet: Devnet;
  readonly service: FlakyService;
  readonly replicas: readonly Replica[];
  /** The node of the chain, as the replicas reach it. */
  readonly rpc: RpcProxy;
  readonly chain: ChainFaults;
  readonly store: StoreSide;
  readonly wallet: Wallet;
  readonly provider: Provider;
  /** Cogs for each call. */
  readonly price: bigint;
  /** Opens channels with money for so many calls each; `many` are opened ahead of time. */
  openChannels(count: number, calls: number): Promise<readonly bigint[]>;
  /** Ends every fault: what is dead is started, what is cut is whole. */
  heal(): Promise<void>;
  stop(): Promise<void>;
}
