import type { Hex } from '@snetkit/core';
import type { TransactionOptions } from '../src/index.ts';
import { type RpcServer, startRpcServer } from './rpc-server.ts';
import type { TestChain } from './test-chain.ts';

/** Runs something while transactions are taken and not mined. */
export async function whileNothingIsMined<T>(chain: TestChain, use: () => Promise<T>): Promise<T> {
  await chain.send('evm_setAutomine', false);
  try {
    return await use();
  } finally {
    await chain.send('evm_mine');
    await chain.send('evm_setAutomine', true);
  }
}

/** Starts something that sends a transaction; resolves when the chain has it. */
export async function startSending<T>(
  send: (options: Pick<TransactionOptions, 'onSent'>) => Promise<T>,
): Promise<{ readonly hash: Hex; readonly result: Promise<T> }> {
  const sent = Promise.withResolvers<Hex>();
  const result = send({ onSent: sent.resolve });
  result.catch(() => {});
  await Promise.race([sent.promise, result]);
  return { hash: await sent.promise, result };
}

/** An endpoint before a chain that makes a block whenever somebody asks for the latest one. */
export function startMiningServer(chain: TestChain): Promise<RpcServer> {
  return startRpcServer(async ({ method, params }) => {
    if (method === 'eth_getBlockByNumber' && params[0] === 'latest') await chain.send('evm_mine');
    return false;
  }, chain.anvil.rpcUrl);
}

/** A transaction as the chain tells it. */
export async function readTransaction(
  chain: TestChain,
  hash: Hex,
): Promise<Record<string, string>> {
  return (await chain.send('eth_getTransactionByHash', hash)) as Record<string, string>;
}
