import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type DescMethodServerStreaming, type DescMethodUnary } from '@bufbuild/protobuf';
import type { Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import {
  createChainClient,
  createMemoryJournal,
  getBlockNumber,
  privateKeySigner,
  type TransactionJournal,
} from '@snetkit/contracts';
import { bytesToHex, parseGroupId } from '@snetkit/core';
import {
  type Devnet,
  readExampleProtos,
  type StartDevnetOptions,
  startDevnet,
} from '@snetkit/devnet';
import { compileProtos, findMethod } from '@snetkit/protos';
import {
  type ClientLedger,
  createDefaultStrategy,
  createFreeCallStrategy,
  createMemoryLedger,
  createPaidStrategy,
  createPaymentInterceptor,
  createPrepaidStrategy,
  type FreeCallStrategy,
  type FundingPolicy,
  getChannelState,
  type PaymentGroup,
  type PaymentReceipt,
  type PaymentStrategy,
  type PrepaidStrategy,
  type VerifiedState,
  verifyChannelState,
} from '../src/index.ts';

const daemonPackage = createRequire(import.meta.url).resolve('@snetkit/daemon/package.json');

/** The daemon as the program that it is, from source. */
const snetd = [
  process.execPath,
  '--conditions=@snetkit/source',
  join(dirname(daemonPackage), 'bin/snetd.js'),
];

/** A local network with our daemon. */
export function startNetwork(options: StartDevnetOptions = {}): Promise<Devnet> {
  return startDevnet({ daemonCommand: snetd, ...options });
}

/** A client that pays, and what it has paid. */
export interface PayingClient {
  readonly free: FreeCallStrategy;
  readonly prepaid: PrepaidStrategy;
  readonly receipts: readonly PaymentReceipt[];
  readonly funded: readonly string[];
  readonly ledger: ClientLedger;
  call(
    method: string,
    fields: Record<string, unknown>,
    options?: { signal?: AbortSignal; timeoutMs?: number },
  ): Promise<Record<string, unknown>>;
  stream(method: string, fields: Record<string, unknown>): Promise<AsyncIterable<unknown>>;
  /** The daemon's own word on the channel of the first receipt. */
  getState(): Promise<VerifiedState>;
  close(): Promise<void>;
}

/** Ways to pay, by the names of seed 004. */
export type StrategyName = 'default' | 'paid' | 'prepaid' | 'free';

/** Who calls which daemon, and how it is paid. */
export interface PayingClientOptions {
  readonly funding?: FundingPolicy;
  readonly ledger?: ClientLedger;
  /** `paid` when left out. */
  readonly strategy?: StrategyName;
  /** The network's first client account when left out. */
  readonly account?: { readonly privateKey: `0x${string}` };
  /** The network's daemon when left out. */
  readonly endpoint?: string;
  readonly callsPerToken?: bigint;
  readonly journal?: TransactionJournal;
}

/** Makes a client of the network. */
export async function createPayingClient(
  devnet: Devnet,
  {
    funding = {},
    ledger = createMemoryLedger(),
    strategy: name = 'paid',
    account = devnet.accounts.client,
    endpoint: baseUrl = devnet.endpoint,
    callsPerToken,
    journal = createMemoryJournal(),
  }: PayingClientOptions = {},
): Promise<PayingClient> {
  const registry = compileProtos(await readExampleProtos());
  const chain = createChainClient({ rpcUrl: devnet.rpcUrl, journal: () => journal });
  const signer = privateKeySigner(account.privateKey);
  const daemon = createGrpcTransport({ baseUrl });
  const receipts: PaymentReceipt[] = [];
  const funded: string[] = [];
  const group: PaymentGroup = {
    chainId: devnet.chainId,
    mpe: devnet.contracts.mpe,
    token: { ...devnet.token, address: devnet.contracts.token },
    recipient: devnet.accounts.provider.address,
    groupId: bytesToHex(parseGroupId(devnet.groupId)),
    expirationThreshold: devnet.paymentExpirationThreshold,
    deploymentBlock: 0n,
  };
  const options = {
    chain,
    signer,
    group,
    daemon,
    ledger,
    funding,
    callsPerToken,
    getPrice: () => devnet.price,
    onFunding: ({ kind }: { kind: string }) => funded.push(kind),
  };
  const paid = createPaidStrategy(options);
  const prepaid = createPrepaidStrategy(options);
  const { organizationId, serviceId, groupId } = devnet;
  const service = { organizationId, serviceId, groupId };
  const free = createFreeCallStrategy({ chain, signer, daemon, service });
  const strategies: Record<StrategyName, PaymentStrategy> = {
    paid,
    prepaid,
    free,
    default: createDefaultStrategy({ free, paid, prepaid }),
  };
  const strategy = strategies[name];
  const interceptor = createPaymentInterceptor(strategy, {
    onPayment: (receipt) => receipts.push(receipt),
  });
  const transport: Transport = createGrpcTransport({
    baseUrl,
    interceptors: [interceptor],
  });

  return {
    free,
    prepaid,
    receipts,
    funded,
    ledger,
    async call(name, fields, { signal, timeoutMs } = {}) {
      const method = findMethod(registry, name) as DescMethodUnary;
      const input = create(method.input, fields);
      const response = await transport.unary(method, signal, timeoutMs, undefined, input);
      return response.message as unknown as Record<string, unknown>;
    },
    async stream(name, fields) {
      const method = findMethod(registry, name) as DescMethodServerStreaming;
      async function* input() {
        yield create(method.input, fields);
      }
      const response = await transport.stream(method, undefined, undefined, undefined, input());
      return response.message;
    },
    async getState() {
      const channelId = receipts[0]?.channelId ?? 0n;
      const block = await getBlockNumber(chain);
      const reply = await getChannelState(daemon, { mpe: group.mpe, channelId, signer, block });
      const facts = {
        mpe: group.mpe,
        channelId,
        nonce: 0n,
        value: 10n ** 20n,
        expiration: 0n,
        signer: signer.address,
        sender: signer.address,
      };
      return verifyChannelState(reply, facts);
    },
    close: () => paid.close(),
  };
}
