import type { Address, Hex } from '@snetkit/core';
import { formatQuantity } from '../../rpc/quantity.ts';
import type { TransactionDraft, UnsignedTransaction } from '../signer.ts';

/** A transaction as JSON-RPC methods take it; without a nonce the other side chooses one. */
export function formatTransaction(
  transaction: UnsignedTransaction | TransactionDraft,
  from: Address,
): Readonly<Record<string, Hex>> {
  const { to, data, gas, value, chainId } = transaction;
  const quantities = {
    gas,
    value,
    ...('nonce' in transaction && { nonce: BigInt(transaction.nonce) }),
    chainId: BigInt(chainId),
    ...(transaction.type === 'legacy'
      ? { gasPrice: transaction.gasPrice }
      : {
          maxFeePerGas: transaction.maxFeePerGas,
          maxPriorityFeePerGas: transaction.maxPriorityFeePerGas,
        }),
  };
  const formatted = Object.entries(quantities).map(([key, number]) => [
    key,
    formatQuantity(number),
  ]);
  // `data`, because web3signer and old nodes know no `input`.
  return { from, to, data, ...Object.fromEntries(formatted) };
}
