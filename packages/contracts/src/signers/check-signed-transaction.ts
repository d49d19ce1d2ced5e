import { type Address, BaseError, concatBytes, type Hex, hexToBytes } from '@snetkit/core';
import { completeSignature } from './complete-signature.ts';
import { encodeSigned, hashTransaction } from './encode-transaction.ts';
import type { UnsignedTransaction } from './signer.ts';

/** A signed transaction as it came from outside. */
export interface CheckSignedTransactionOptions {
  /** What should have been signed. */
  readonly asked: UnsignedTransaction;
  /** What came back. */
  readonly raw: unknown;
  readonly address: Address;
  /** Who answered, for messages. */
  readonly place: string;
}

/**
 * Proves that a raw transaction from outside is the one that was asked for, signed by the account,
 * and writes it anew from what was asked: nothing of the answer but `r` and `s` is used.
 *
 * @throws BaseError `SIGNER_ANSWER_INVALID`, which names the fields that differ
 */
export async function checkSignedTransaction(options: CheckSignedTransactionOptions): Promise<Hex> {
  const { asked, raw, address, place } = options;
  const { fields, signature } = await parse(raw, place);
  const wrong = listDifferences(asked, fields);
  if (wrong.length > 0) {
    const message = 'The signed transaction is not the one that was asked for.';
    throw new BaseError('SIGNER_ANSWER_INVALID', message, {
      place,
      found: `other values of ${wrong.join(', ')}`,
    });
  }
  const hash = await hashTransaction(asked);
  return encodeSigned(asked, completeSignature({ hash, signature, address, place }));
}

type Fields = Readonly<Record<string, unknown>>;

async function parse(
  raw: unknown,
  place: string,
): Promise<{ fields: Fields; signature: Uint8Array }> {
  const { parseTransaction } = await import('viem/utils');
  try {
    const fields: Fields = parseTransaction(raw as Hex);
    const { r, s } = fields as { r: Hex; s: Hex };
    return { fields, signature: concatBytes(pad(r), pad(s)) };
  } catch {
    // No cause: it would show the raw bytes, which are as good as the money in them.
    const message = 'The answer is no signed transaction.';
    throw new BaseError('SIGNER_ANSWER_INVALID', message, { place });
  }
}

function pad(value: Hex): Uint8Array {
  return hexToBytes(`0x${value.slice(2).padStart(64, '0')}`);
}

function listDifferences(asked: UnsignedTransaction, found: Fields): string[] {
  const expected = Object.entries(asked);
  const same = (a: unknown, b: unknown) => `${a}`.toLowerCase() === `${b}`.toLowerCase();
  // Zeros and empty bytes are left out of what was parsed.
  const read = (name: string, sample: unknown) =>
    found[name] ?? (name === 'data' ? '0x' : typeof sample === 'bigint' ? 0n : 0);
  return expected.filter(([name, value]) => !same(value, read(name, value))).map(([name]) => name);
}
