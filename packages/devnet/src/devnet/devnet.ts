import type { JsonObject } from '@snetkit/core';
import type { TestAccounts } from '../accounts.ts';
import type { ContentStore } from '../content-store/start-content-store.ts';
import type { ContractAddresses } from '../contracts/deploy-contracts.ts';
import type { ExampleService } from '../example-service/start-example-service.ts';
import type { Daemon } from '../start-daemon.ts';

/** A local network that is running. */
export interface Devnet extends AsyncDisposable {
  /** JSON-RPC of the chain, `http://127.0.0.1:<port>`; the same port speaks WebSocket. */
  readonly rpcUrl: string;
  readonly chainId: number;
  readonly contracts: ContractAddresses;
  readonly token: { readonly symbol: string; readonly decimals: number };
  /** What clients call the IPFS endpoint, `http://127.0.0.1:<port>`. */
  readonly contentUrl: string;
  /** `contentUrl` with the path of the RPC API. */
  readonly contentApi: string;
  readonly contentStore: ContentStore;
  readonly organizationId: string;
  readonly serviceId: string;
  readonly groupName: string;
  /** Base64 of 32 bytes. */
  readonly groupId: string;
  /** Cogs for each call. */
  readonly price: bigint;
  /** Blocks that a channel must still be valid for. */
  readonly paymentExpirationThreshold: bigint;
  /** Test accounts. The clients hold 100 FET each, the provider owns the organization and is paid. */
  readonly accounts: TestAccounts;
  /** Folder of this run; a client's ledger belongs in here, because every run is a new chain. */
  readonly directory: string;
  /** URL under which the service is published; a daemon listens there if one was started. */
  readonly endpoint: string;
  /** Configuration of the daemon, for whoever starts one by himself. */
  readonly daemonConfig: JsonObject;
  /** Absent without `daemonCommand`. */
  readonly daemon?: Daemon;
  /** Absent with `service: false`. */
  readonly service?: ExampleService;
  /** Ends everything in reverse order and leaves no process; may be called more than once. */
  stop(): Promise<void>;
}

/** The parts of a local network as they come up; `service` does so beside `chain` and `contracts`. */
export type DevnetStep = 'content' | 'chain' | 'contracts' | 'service' | 'publish' | 'daemon';

/** How far the start of a local network has come. */
export interface DevnetProgress {
  readonly step: DevnetStep;
  readonly status: 'started' | 'done';
  /** Milliseconds that the step took, when it is done. */
  readonly elapsedMs?: number;
  /** Where it can be reached, when it is done. */
  readonly detail?: string;
}
