import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type DescMethodServerStreaming, type DescMethodUnary } from '@bufbuild/protobuf';
import type { Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { createChainClient, getBlockNumber, privateKeySigner } from '@snetkit/contracts';
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
  createMemoryLedger,
  createPaidStrategy,
  createPaymentInterceptor,
  type FundingPolicy,
  getChannelState,
  type PaymentGroup,
  type PaymentReceipt,
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

/** Makes a client of the network's first client account. */
export async function createPayingClient(
  devnet: Devnet,
  {
    funding = {},
    ledger = createMemoryLedger(),
  }: { funding?: FundingPolicy; ledger?: ClientLedger } = {},
): Promise<PayingClient> {
  const registry = compileProtos(await readExampleProtos());
  const chain = createChainClient({ rpcUrl: devnet.rpcUrl });
  const signer = privateKeySigner(devnet.accounts.client.privateKey);
  const daemon = createGrpcTransport({ baseUrl: devnet.endpoint });
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
  const strategy = createPaidStrategy({
    chain,
    signer,
    group,
    daemon,
    ledger,
    funding,
    getPrice: () => devnet.price,
    onFunding: ({ kind }) => funded.push(kind),
  });
  const interceptor = createPaymentInterceptor(strategy, {
    onPayment: (receipt) => receipts.push(receipt),
  });
  const transport: Transport = createGrpcTransport({
    baseUrl: devnet.endpoint,
    interceptors: [interceptor],
  });

  return {
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
    close: () => strategy.close(),
  };
}
