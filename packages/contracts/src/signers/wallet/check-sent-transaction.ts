import { type Address, BaseError, type Hex } from '@snetkit/core';
import { parseQuantity } from '../../rpc/quantity.ts';
import type { TransactionDraft } from '../signer.ts';

/** A transaction that a wallet says it sent. */
export interface CheckSentTransactionOptions {
  /** Its answer. */
  readonly hash: unknown;
  readonly draft: TransactionDraft;
  readonly address: Address;
  /** Asks the wallet's node for a transaction. */
  lookUp(params: readonly unknown[]): Promise<unknown>;
}

/**
 * Checks the hash of a sent transaction, and compares the transaction with what was asked, as far as the
 * wallet's node knows it already. Fees and gas are the user's to change.
 *
 * @throws BaseError `SIGNER_ANSWER_INVALID`
 */
export async function checkSentTransaction(options: CheckSentTransactionOptions): Promise<Hex> {
  const { hash, draft, address, lookUp } = options;
  if (typeof hash !== 'string' || !/^0x[0-9a-fA-F]{64}$/.test(hash)) {
    throw new BaseError(
      'SIGNER_ANSWER_INVALID',
      'The answer of the wallet is no transaction hash.',
      {
        place: 'eth_sendTransaction',
        expected: '0x and 64 hexadecimal digits',
      },
    );
  }
  // The chain has the last word anyway: who waits for the receipt sees what happened.
  const found = await lookUp([hash]).catch(() => undefined);
  if (typeof found !== 'object' || found === null) return hash as Hex;
  const { from, to, value, input } = found as Record<string, unknown>;
  const pairs = { from: [address, from], to: [draft.to, to], data: [draft.data, input] };
  const wrong = Object.entries(pairs)
    .filter(([, [a, b]]) => String(a).toLowerCase() !== String(b).toLowerCase())
    .map(([name]) => name);
  if (parseQuantity(value, 'the value') !== draft.value) wrong.push('value');
  if (wrong.length === 0) return hash as Hex;
  throw new BaseError(
    'SIGNER_ANSWER_INVALID',
    'The wallet sent another transaction than it was asked to.',
    {
      place: hash,
      found: `other values of ${wrong.join(', ')}`,
    },
  );
}
