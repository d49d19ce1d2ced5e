import { startAnvil } from '@snetkit/anvil';
import {
  addFunds,
  type ChainClient,
  claimChannel,
  claimTimeout,
  createChainClient,
  deposit,
  extendChannel,
  openChannel,
  privateKeySigner,
} from '@snetkit/contracts';
import { type Address, packClaimMessage } from '@snetkit/core';
import { createTestAccounts, deployContracts } from '@snetkit/devnet';
import { type RpcProxy, startRpcProxy } from './rpc-proxy.ts';

/** A real chain with the real escrow, a proxy before it, and short words for what happens on it. */
export interface TestChain extends AsyncDisposable {
  readonly mpe: Address;
  readonly proxy: RpcProxy;
  /** Connection through the proxy. */
  readonly client: ChainClient;
  /** Sends any JSON-RPC request to the node itself. */
  send(method: string, ...params: unknown[]): Promise<unknown>;
  mine(blocks: number): Promise<void>;
  /** Opens a channel and returns its id. */
  open(options: { amount: bigint; expiration: bigint }): Promise<bigint>;
  addFunds(channelId: bigint, amount: bigint): Promise<void>;
  extend(channelId: bigint, expiration: bigint): Promise<void>;
  claim(channelId: bigint, options: ClaimOptions): Promise<void>;
  claimTimeout(channelId: bigint): Promise<void>;
}

/** How a channel is claimed. */
export interface ClaimOptions {
  readonly nonce: bigint;
  readonly actual: bigint;
  readonly planned: bigint;
  readonly sendBack?: boolean;
}

/** Who the channels of a {@link TestChain} belong to. */
export const chainAccounts = createTestAccounts();
/** Group of the channels of a {@link TestChain}. */
export const testGroupId = `0x${'ab'.repeat(32)}` as const;

/** Starts a chain of its own for a test. */
export async function startTestChain(): Promise<TestChain> {
  const anvil = await startAnvil();
  const { mpe, token } = await deployContracts({ rpcUrl: anvil.rpcUrl });
  const proxy = await startRpcProxy(anvil.rpcUrl);
  const direct = createChainClient({ rpcUrl: anvil.rpcUrl });
  const payer = privateKeySigner(chainAccounts.deployer.privateKey);
  const provider = privateKeySigner(chainAccounts.provider.privateKey);
  const send = (method: string, ...params: unknown[]) =>
    (direct.request as (request: object) => Promise<unknown>)({ method, params });
  await deposit(direct, payer, { mpe, token, amount: 1_000_000n });
  return {
    mpe,
    proxy,
    client: createChainClient({ rpcUrl: proxy.rpcUrl }),
    send,
    async mine(blocks) {
      await send('anvil_mine', `0x${blocks.toString(16)}`);
    },
    async open({ amount, expiration }) {
      const recipient = provider.address;
      const channel = { mpe, recipient, groupId: testGroupId, amount, expiration };
      return (await openChannel(direct, payer, channel)).channelId;
    },
    async addFunds(channelId, amount) {
      await addFunds(direct, payer, { mpe, channelId, amount });
    },
    async extend(channelId, expiration) {
      await extendChannel(direct, payer, { mpe, channelId, expiration });
    },
    async claim(channelId, { nonce, actual, planned, sendBack }) {
      const message = packClaimMessage({ mpe, channelId, nonce, amount: planned });
      const signature = await payer.signMessage(message);
      const amounts = { actualAmount: actual, signedAmount: planned };
      await claimChannel(direct, provider, { mpe, channelId, ...amounts, signature, sendBack });
    },
    async claimTimeout(channelId) {
      await claimTimeout(direct, payer, { mpe, channelId });
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await anvil.stop();
    },
  };
}
