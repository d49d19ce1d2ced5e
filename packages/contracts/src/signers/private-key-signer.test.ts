import { inspect } from 'node:util';
import { bytesToHex, hexToBytes, keccak256, packClaimMessage, recoverSigner } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { vectors } from '../../test/vectors.ts';
import { privateKeySigner } from './private-key-signer.ts';
import type { UnsignedTransaction } from './signer.ts';

const { private_key: key, address } = vectors.accounts.keys['hh0']!;

describe('privateKeySigner', () => {
  test('default: the address of the key', () => {
    for (const account of Object.values(vectors.accounts.keys)) {
      expect(privateKeySigner(account.private_key).address).toBe(account.address);
    }
  });

  test('default: signs packed messages so that the signer can be recovered', async () => {
    const mpe = '0xdF8d4826E016aFA8803d94A716FEB70aD5D2B8Ac';
    const message = packClaimMessage({ mpe, channelId: 1n, nonce: 2n, amount: 3n });
    const signature = await privateKeySigner(key).signMessage(message);
    expect(signature).toHaveLength(65);
    expect([27, 28]).toContain(signature[64]);
    expect(recoverSigner({ message, signature })).toBe(address);
  });

  test('default: a legacy transaction, exactly', async () => {
    const { tx, raw, hash } = vectors.signed_legacy_transaction;
    const signed = await privateKeySigner(key).signTransaction({
      ...parse(tx),
      type: 'legacy',
      gasPrice: BigInt(tx.gasPrice),
    } as UnsignedTransaction);
    expect(signed).toBe(raw);
    expect(bytesToHex(keccak256(hexToBytes(signed)))).toBe(hash);
  });

  test('default: an EIP-1559 transaction, exactly', async () => {
    const { tx, raw } = vectors.signed_eip1559_transaction;
    const signed = await privateKeySigner(key).signTransaction({
      ...parse(tx),
      type: 'eip1559',
      maxFeePerGas: BigInt(tx.maxFeePerGas),
      maxPriorityFeePerGas: BigInt(tx.maxPriorityFeePerGas),
    } as UnsignedTransaction);
    expect(signed).toBe(raw);
  });

  test('behavior: nothing shows the key', async () => {
    const signer = privateKeySigner(key);
    const shown = `${inspect(signer, { depth: 9, showHidden: true })} ${JSON.stringify(signer)}`;
    expect(shown.toLowerCase()).not.toContain(key.slice(2, 20));
  });

  test('error: a bad key is not shown either', async () => {
    const bad = `${key.slice(0, -1)}g` as const;
    const error = await failure(
      Promise.resolve().then(() => privateKeySigner(bad as `0x${string}`)),
    );
    expect(error.code).toBe('PRIVATE_KEY_INVALID');
    expect(inspect(error)).not.toContain(key.slice(2, 20));
  });
});

function parse({ gas, value, ...rest }: { gas: string; value: string; nonce: number }) {
  return { ...rest, gas: BigInt(gas), value: BigInt(value) };
}
