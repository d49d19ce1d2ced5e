import type { Signer, TransactionDraft, UnsignedTransaction } from '@snetkit/contracts';
import { BaseError } from '@snetkit/core';

/** The chain for which an account signs. */
export interface SignerChain {
  readonly chainId: number;
  /** What messages call it. */
  readonly name: string;
}

/**
 * A signer that signs transactions of one chain only. The chain of a transaction is what the endpoint
 * says, and the addresses of a deployment may stand for something else on another chain.
 *
 * @throws BaseError its methods throw `CHAIN_ID_MISMATCH`, before anybody is asked
 */
export function pinSigner(signer: Signer, chain: SignerChain): Signer {
  const check = ({ chainId }: UnsignedTransaction | TransactionDraft) => {
    if (chainId === chain.chainId) return;
    throw new BaseError('CHAIN_ID_MISMATCH', 'The RPC endpoint belongs to another chain.', {
      expected: `chain id ${chain.chainId} (${chain.name})`,
      found: `chain id ${chainId}`,
      hint: 'Give an RPC endpoint of the network, or choose another network.',
    });
  };
  const { sendTransaction } = signer;
  return Object.freeze<Signer>({
    address: signer.address,
    signMessage: (packed, options) => signer.signMessage(packed, options),
    signTypedData: (data, options) => signer.signTypedData(data, options),
    async signTransaction(transaction, options) {
      check(transaction);
      return signer.signTransaction(transaction, options);
    },
    ...(sendTransaction && {
      async sendTransaction(draft, options) {
        check(draft);
        return sendTransaction.call(signer, draft, options);
      },
    }),
  });
}
