import type { TransactionJournal } from '@snetkit/contracts';
import type { Network, Stand } from '@snetkit/core';
import type { ContentSource, ContentSources, ContentStore } from '@snetkit/metadata';
import type { ClientLedger, FundingPolicy } from '@snetkit/payments';
import type { AccountOptions } from '../accounts/account.ts';

/** Everything an engine needs to know (seed 004, Config); made by `createConfig`. */
export interface Config {
  readonly network: Network;
  /** The deployment that is used: contracts and token. */
  readonly stand: Stand;
  /** Where the chain is asked. */
  readonly rpcUrl: string;
  /** HTTP headers of each request to the chain. */
  readonly rpcHeaders: Readonly<Record<string, string>>;
  /** Where documents and protos come from. */
  readonly content: ContentSource | ContentSources;
  /** Where documents and protos are published. */
  readonly store: ContentStore;
  /** What the client has signed; opened by the engine when there is none. */
  readonly ledger: ClientLedger | undefined;
  /** Where transactions are written before they are sent; opened by the engine when there is none. */
  readonly journal: TransactionJournal | undefined;
  /** Folder of the ledger and the journal that the engine opens (Node). */
  readonly ledgerDirectory: string | undefined;
  readonly funding: FundingPolicy;
  /** Calls may be bought beforehand where they would have to take turns. */
  readonly concurrency: boolean;
  /** Accounts that the engine has from the start. */
  readonly accounts: readonly AccountOptions[];
}
