import {
  type ChainClient,
  createChainClient,
  createMemoryJournal,
  getChainId,
  getDeploymentBlock,
  type TransactionJournal,
} from '@snetkit/contracts';
import { BaseError, errorCodes, type Token } from '@snetkit/core';
import type { ResolvedService } from '@snetkit/metadata';
import type { ClientLedger } from '@snetkit/payments';
import { platform } from '#platform';
import { Account, type AccountOptions, type OpenAccountOptions } from '../accounts/account.ts';
import { openSigner } from '../accounts/open-signer.ts';
import { Channels } from '../channels/channels.ts';
import type { Config } from '../config/config.ts';
import { bindContract, type ContractTable } from '../contracts/bind-contract.ts';
import { type MpeContract, mpeFunctions } from '../contracts/mpe-contract.ts';
import { type RegistryContract, registryFunctions } from '../contracts/registry-contract.ts';
import { type TokenContract, tokenFunctions } from '../contracts/token-contract.ts';
import { withPlace } from '../errors/with-place.ts';
import { MetadataProvider } from '../metadata/metadata-provider.ts';
import {
  createServiceClient,
  type ServiceClientOptions,
} from '../services/create-service-client.ts';
import { type FindServiceOptions, findService } from '../services/find-service.ts';
import type { ServiceClient } from '../services/service-client.ts';
import { checkContracts } from './check-contracts.ts';
import { type ClosableJournal, closedError, createClosableJournal } from './closable-journal.ts';
import { type EngineEvents, EventSource } from './engine-events.ts';

/**
 * The entry to the platform (seed 004, SNETEngine): holds the configuration and the user's accounts,
 * makes service clients, and gives access to channels, documents and the chain.
 *
 * @example
 * ```ts
 * const engine = new SnetEngine(createConfig({ network: 'sepolia', rpcUrl }));
 * engine.addAccount({ privateKey });
 * const service = await engine.createServiceClient({ organizationId: 'snet', serviceId: 'text' });
 * const reply = await service.call('Detect', { text: 'Guten Morgen' });
 * await engine.close();
 * ```
 */
export class SnetEngine implements AsyncDisposable {
  readonly config: Config;
  readonly chain: ChainClient;
  /** Payment channels of the user's accounts. */
  readonly channels: Channels;
  /** Functions of the escrow; `account` names the one that signs, the first one unless given. */
  readonly mpeContract: MpeContract;
  /** Functions of the registry. */
  readonly registryContract: RegistryContract;
  /** Functions of the token. */
  readonly tokenContract: TokenContract;
  /** Documents and protos: reads and publishes them. */
  readonly metadataProvider: MetadataProvider;
  /** What service clients tell; see `on`. */
  readonly events: EventSource<EngineEvents> = new EventSource<EngineEvents>();
  readonly #accounts = new Map<string, Account>();
  readonly #clients = new Set<ServiceClient>();
  #ledger: ClientLedger | undefined;
  #journal: ClosableJournal | undefined;
  #chainChecked: Promise<void> | undefined;
  #deploymentBlock: Promise<bigint> | undefined;
  #isClosed = false;

  /** @throws BaseError `RPC_URL_INVALID`, `PRIVATE_KEY_INVALID`, `ACCOUNT_EXISTS` */
  constructor(config: Config) {
    this.config = config;
    this.chain = createChainClient({
      rpcUrl: config.rpcUrl,
      headers: config.rpcHeaders,
      journal: () => this.#getJournal(),
    });
    this.channels = new Channels(this);
    const { multiPartyEscrow: mpe, registry, tokenAddress: token } = config.stand;
    const bind = <R extends ContractTable, W extends ContractTable, Fixed extends string>(
      functions: { reads: R; writes: W },
      addresses: Record<Fixed, string>,
    ) => {
      const getSigner = (account: string | undefined) => this.getAccount(account).signer;
      return bindContract(functions, { chain: this.chain, addresses, getSigner });
    };
    this.mpeContract = bind(mpeFunctions, { mpe, token });
    this.registryContract = bind(registryFunctions, { registry });
    this.tokenContract = bind(tokenFunctions, { token });
    this.metadataProvider = new MetadataProvider(this);
    for (const account of config.accounts) this.addAccount(account);
  }

  /** The token that services are paid with. */
  get token(): Token {
    return { symbol: this.config.stand.token, decimals: this.config.stand.tokenDecimals };
  }

  /**
   * Adds an account; the first one is used where none is named.
   *
   * @throws BaseError `PRIVATE_KEY_INVALID`, `ACCOUNT_EXISTS`
   */
  addAccount(options: AccountOptions): Account {
    const { network, stand } = this.config;
    return this.#add(new Account(options, { chain: this.chain, network, stand }));
  }

  /**
   * Adds an account whose key is somewhere else: in words, in a keystore, on a Ledger device, in a browser
   * wallet, on a server. What that takes is loaded now.
   *
   * @throws BaseError what the signer throws, `ACCOUNT_EXISTS`
   *
   * @example
   * ```ts
   * await engine.openAccount({ mnemonic, index: 2 });
   * await engine.openAccount({ name: 'cold', ledger: await openLedger(), confirmAddress: true });
   * ```
   */
  async openAccount(options: OpenAccountOptions): Promise<Account> {
    if ('privateKey' in options || 'signer' in options) return this.addAccount(options);
    const { name, paymentSigner, ...rest } = options;
    const { type, signer } = await openSigner(rest).catch((error: unknown) => {
      const place = `mnemonic of the account ${JSON.stringify(name ?? 'default')}`;
      throw 'mnemonic' in rest
        ? withPlace(error, { place, hint: errorCodes.MNEMONIC_INVALID.fix })
        : error;
    });
    const { network, stand } = this.config;
    const place = { chain: this.chain, network, stand, type };
    return this.#add(new Account({ name, paymentSigner, signer }, place));
  }

  #add(account: Account): Account {
    if (this.#accounts.has(account.name)) {
      throw new BaseError(
        'ACCOUNT_EXISTS',
        `There is an account ${JSON.stringify(account.name)} already.`,
      );
    }
    this.#accounts.set(account.name, account);
    return account;
  }

  /**
   * An account by its name; the first one without a name.
   *
   * @throws BaseError `ACCOUNT_UNKNOWN`
   */
  getAccount(name?: string): Account {
    const account =
      name === undefined ? this.#accounts.values().next().value : this.#accounts.get(name);
    if (account !== undefined) return account;
    const names = [...this.#accounts.keys()];
    throw new BaseError(
      'ACCOUNT_UNKNOWN',
      name === undefined
        ? 'The engine has no account.'
        : `There is no account ${JSON.stringify(name)}.`,
      { expected: names.length === 0 ? undefined : `one of ${names.join(', ')}` },
    );
  }

  /**
   * Looks a service up and makes a client that calls it and pays for it. Documents and protos are
   * read from the content store and verified.
   *
   * @throws BaseError `CHAIN_ID_MISMATCH`, `ACCOUNT_UNKNOWN`, `ENDPOINT_MISSING`, and those of `getService`
   */
  async createServiceClient(options: ServiceClientOptions): Promise<ServiceClient> {
    const client = await createServiceClient(this, options, (closed) => {
      this.#clients.delete(closed);
    });
    this.#clients.add(client);
    return client;
  }

  /**
   * Reads what a service publishes, without an account (seed 004, MetadataProvider).
   *
   * @throws BaseError `CHAIN_ID_MISMATCH`, and those of `resolveService`
   */
  getService(options: FindServiceOptions): Promise<ResolvedService> {
    return findService(this, options);
  }

  /**
   * Tells of all service clients: `funding` (a transaction that opens, tops up or extends a channel),
   * `payment` (a call was charged), `receipt` (a call is over). A listener must not throw.
   *
   * @returns ends it
   *
   * @example
   * ```ts
   * engine.on('funding', ({ kind, amount }) => console.log(kind, formatAmount(amount, engine.token)));
   * ```
   */
  on<Name extends keyof EngineEvents>(
    name: Name,
    listener: (event: EngineEvents[Name]) => void,
  ): () => void {
    return this.events.on(name, listener);
  }

  /** The ledger of what was signed; opened when it is first needed. @throws BaseError `LEDGER_UNAVAILABLE` */
  getLedger(): ClientLedger {
    this.#checkOpen();
    const { ledger, ledgerDirectory } = this.config;
    if (ledger !== undefined) return ledger;
    this.#ledger ??= platform.openLedger({ directory: ledgerDirectory });
    return this.#ledger;
  }

  /**
   * Makes sure, once, that the RPC endpoint belongs to the network, and that the addresses of a network of
   * one's own lead to its contracts.
   *
   * @throws BaseError `CHAIN_ID_MISMATCH`, `CONTRACT_MISSING`, `NETWORK_INVALID`, `RPC_...`
   */
  async checkChain(signal?: AbortSignal): Promise<void> {
    this.#checkOpen();
    this.#chainChecked ??= this.#compareChainId(signal).catch((error: unknown) => {
      this.#chainChecked = undefined;
      throw error;
    });
    await this.#chainChecked;
  }

  /** Block of the escrow's deployment: no channel is older; 0 when the chain does not tell. */
  async getDeploymentBlock(signal?: AbortSignal): Promise<bigint> {
    this.#deploymentBlock ??= this.#findDeploymentBlock(signal).catch((error: unknown) => {
      this.#deploymentBlock = undefined;
      throw error;
    });
    return this.#deploymentBlock;
  }

  /**
   * Closes all service clients, and the ledger if the engine opened it. Whoever waits for a transaction is
   * told `CLIENT_CLOSED`; called again with a new engine, the same function takes it up from the journal.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#clients].map((client) => client.close()));
    this.#clients.clear();
    await this.#ledger?.close();
    this.#ledger = undefined;
    await this.#journal?.close();
    this.#journal = undefined;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Opened when the first transaction is sent. */
  #getJournal(): TransactionJournal {
    const { journal, ledger, ledgerDirectory: directory } = this.config;
    // Who keeps the ledger elsewhere wants no files of ours.
    const wantsFiles = journal === undefined && ledger === undefined;
    if (this.#isClosed) {
      throw closedError({
        isDurable: journal !== undefined || (platform.name === 'node' && wantsFiles),
      });
    }
    if (this.#journal === undefined) {
      const files = wantsFiles ? platform.openJournal({ directory }) : undefined;
      this.#journal = createClosableJournal(journal ?? files ?? createMemoryJournal(), {
        isOwn: journal === undefined,
        isDurable: journal !== undefined || files !== undefined,
      });
    }
    return this.#journal.journal;
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new BaseError('CLIENT_CLOSED', 'The engine is closed.');
  }

  async #compareChainId(signal: AbortSignal | undefined): Promise<void> {
    const { network, stand } = this.config;
    const found = await getChainId(this.chain, { signal });
    if (found === network.chainId) return checkContracts(this.chain, { network, stand, signal });
    throw new BaseError('CHAIN_ID_MISMATCH', 'The RPC endpoint belongs to another chain.', {
      place: new URL(this.config.rpcUrl).origin,
      expected: `chain id ${network.chainId} (${network.name})`,
      found: `chain id ${found}`,
      hint: 'Give an RPC endpoint of the network, or choose another network.',
    });
  }

  async #findDeploymentBlock(signal: AbortSignal | undefined): Promise<bigint> {
    const { deploymentTransaction: transactionHash } = this.config.stand;
    if (transactionHash === undefined) return 0n;
    return (await getDeploymentBlock(this.chain, { transactionHash, signal })) ?? 0n;
  }
}
