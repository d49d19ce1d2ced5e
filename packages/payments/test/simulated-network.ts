import { createRouterTransport, type Transport } from '@connectrpc/connect';
import { type ChainClient, multiPartyEscrowAbi, privateKeySigner } from '@snetkit/contracts';
import { bigintToBytes, packClaimMessage } from '@snetkit/core';
import { PaymentChannelStateService } from '@snetkit/protos/state';
import { encodeFunctionResult } from 'viem';
import {
  type CallEnd,
  createMemoryLedger,
  createPaidStrategy,
  type LedgerRecord,
  type PaidStrategy,
  type PaidStrategyOptions,
} from '../src/index.ts';
import type { CallToPay } from '../src/strategies/payment-strategy.ts';

const mpe = '0x5e592F9b1d303183d963635f895f0f0C48284f4e';
const recipient = '0x3b2b3C2e2E7C93db335E69D827F3CC4bC2A2A2cB';
const groupId = `0x${'33'.repeat(32)}` as const;

/** Signs the payments of the tests. */
export const testSigner = privateKeySigner(`0x${'42'.repeat(32)}`);

/** Chain and daemon as a test wants them to answer. Amounts in cogs. */
export interface SimulatedNetwork {
  value: bigint;
  top: bigint;
  entries: readonly { readonly amount: bigint; readonly price: bigint }[];
  maxInFlight: number;
  /** Awaited between the daemon's look at the state and its answer. */
  beforeReply: () => Promise<void>;
}

/** A network whose channel 7 holds 1000 cogs, and whose daemon lets 64 calls run at once. */
export function createNetwork(more: Partial<SimulatedNetwork> = {}): SimulatedNetwork {
  return {
    value: 1_000n,
    top: 0n,
    entries: [],
    maxInFlight: 64,
    beforeReply: async () => {},
    ...more,
  };
}

/** A paid strategy on a simulated network, and its ledger. */
export interface SimulatedClient {
  readonly strategy: PaidStrategy;
  /** What the ledger has of channel 7. */
  getRecord(): Promise<LedgerRecord | undefined>;
}

/** Options of {@link createClient}; what is left out is simulated. */
export interface SimulatedClientOptions extends Partial<PaidStrategyOptions> {
  /** Blocks that the group wants a channel to live. */
  readonly threshold?: bigint;
  /** Whom the group's documents name, when that is not whom the channel pays. */
  readonly recipient?: `0x${string}`;
}

/** Pays 1 cog a call on channel 7. */
export function createClient(
  network: SimulatedNetwork,
  {
    ledger = createMemoryLedger(),
    threshold = 10n,
    recipient: payee = recipient,
    ...more
  }: SimulatedClientOptions = {},
): SimulatedClient {
  const strategy = createPaidStrategy({
    chain: createChain(network),
    signer: testSigner,
    ledger,
    daemon: createDaemon(network),
    channelId: 7n,
    funding: { neverFund: true },
    getPrice: () => 1n,
    group: {
      chainId: 31337,
      mpe,
      token: { symbol: 'FET', decimals: 18, address: mpe },
      recipient: payee,
      groupId,
      expirationThreshold: threshold,
      deploymentBlock: 0n,
    },
    ...more,
  });
  return { strategy, getRecord: () => ledger.get({ chainId: 31337, mpe, channelId: 7n }) };
}

function createChain(network: SimulatedNetwork): ChainClient {
  const request = async ({ method }: { method: string }) => {
    if (method === 'eth_blockNumber') return '0x64';
    const { address } = testSigner;
    const result = [0n, address, address, recipient, groupId, network.value, 10_000_000n] as const;
    return encodeFunctionResult({ abi: multiPartyEscrowAbi, functionName: 'channels', result });
  };
  // Only `request` is asked for by what a strategy reads.
  return { request } as unknown as ChainClient;
}

function createDaemon(network: SimulatedNetwork): Transport {
  return createRouterTransport(({ service }) => {
    service(PaymentChannelStateService, {
      async getChannelState() {
        const { top, entries, maxInFlight } = network;
        await network.beforeReply();
        const message = packClaimMessage({ mpe, channelId: 7n, nonce: 0n, amount: top });
        return {
          currentNonce: bigintToBytes(0n),
          ...(top > 0n && {
            currentSignedAmount: bigintToBytes(top),
            currentSignature: await testSigner.signMessage(message),
          }),
          maxInFlight,
          entries: entries.map(({ amount, price }) => ({
            nonce: bigintToBytes(0n),
            amount: bigintToBytes(amount),
            price: bigintToBytes(price),
          })),
        };
      },
    });
  });
}

/** A unary call. */
export function callWith(signal?: AbortSignal): CallToPay {
  return { path: '/test.Service/Call', isReplayable: true, signal };
}

/** The end of a call that went well. */
export const served: CallEnd = { kind: 'served' };

/** The end of a call whose answer was lost. */
export const lost: CallEnd = {
  kind: 'failed',
  afterFirstMessage: false,
  failure: { kind: 'inDoubt', status: undefined },
};

/** The end of a call that somebody holds already. */
export const busy: CallEnd = {
  kind: 'failed',
  afterFirstMessage: false,
  failure: {
    kind: 'busy',
    status: { code: 9, message: 'another transaction on channel: {ID: 7} is in progress' },
  },
};

/** The end of a call whose amount does not continue what is consumed. */
export function unexpectedIncome(income: bigint): CallEnd {
  const message = `income ${income} does not equal to price 1`;
  return {
    kind: 'failed',
    afterFirstMessage: false,
    failure: { kind: 'resynchronise', status: { code: 16, message } },
  };
}

/** The end of a call that the service did not serve. */
export function failedWith(
  code: number,
  { afterFirstMessage = false }: { afterFirstMessage?: boolean } = {},
): CallEnd {
  const status = { code, message: 'the service failed' };
  return { kind: 'failed', afterFirstMessage, failure: { kind: 'notCharged', status } };
}

/** A gate for the daemon's answers: told when one waits, and opened by the test. */
export function createGate(): { pass(): Promise<void>; isReached: Promise<void>; open(): void } {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  const pass = () => {
    reached.resolve();
    return opened.promise;
  };
  return { pass, isReached: reached.promise, open: opened.resolve };
}
