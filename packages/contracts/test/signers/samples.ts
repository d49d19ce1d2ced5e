import { hexToBytes } from '@snetkit/core';
import type { TypedData, UnsignedTransaction } from '../../src/index.ts';
import { vectors } from '../vectors.ts';

/** The account that the samples are signed with: index 0 of the mnemonic. */
export const { private_key: privateKey, address } = vectors.accounts.keys['hh0'] ?? {
  private_key: '0x',
  address: '0x',
};

/** Seed words whose accounts 0 to 2 are hh0 to hh2. */
export const mnemonic = vectors.accounts.mnemonic.phrase;

/** Chain id of the transactions. */
export const chainId = 11155111;

/** Claims that the account signed, with their signatures. */
export const claims = vectors.signed_messages.claim
  .filter(({ signer }) => signer === 'hh0')
  .map(({ name, packed, signature }) => ({ name, packed: hexToBytes(packed), signature }));

const legacy = vectors.signed_legacy_transaction;
const eip1559 = vectors.signed_eip1559_transaction;

/** Transactions with the raw bytes that signing must give. */
export const transactions: readonly { name: string; asked: UnsignedTransaction; raw: string }[] = [
  {
    name: 'legacy',
    asked: { ...parse(legacy.tx), type: 'legacy', gasPrice: BigInt(legacy.tx.gasPrice) },
    raw: legacy.raw,
  },
  {
    name: 'EIP-1559',
    asked: {
      ...parse(eip1559.tx),
      type: 'eip1559',
      maxFeePerGas: BigInt(eip1559.tx.maxFeePerGas),
      maxPriorityFeePerGas: BigInt(eip1559.tx.maxPriorityFeePerGas),
    },
    raw: eip1559.raw,
  },
];

function parse({ nonce, to, data, gas, value }: { nonce: number } & Record<string, unknown>) {
  const [amount, limit] = [BigInt(String(value)), BigInt(String(gas))];
  return { chainId, nonce, to, data, gas: limit, value: amount } as Omit<
    UnsignedTransaction,
    'type'
  >;
}

/** The example of EIP-712. */
export const mail: TypedData = {
  domain: {
    name: 'Ether Mail',
    version: '1',
    chainId: 1,
    verifyingContract: '0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC',
  },
  types: {
    Person: [
      { name: 'name', type: 'string' },
      { name: 'wallet', type: 'address' },
    ],
    Mail: [
      { name: 'from', type: 'Person' },
      { name: 'to', type: 'Person' },
      { name: 'contents', type: 'string' },
    ],
  },
  primaryType: 'Mail',
  message: {
    from: { name: 'Cow', wallet: '0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826' },
    to: { name: 'Bob', wallet: '0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB' },
    contents: 'Hello, Bob!',
  },
};

/** Structured data of the chain of the samples, with a number that JavaScript cannot hold. */
export const permit: TypedData = {
  domain: { name: 'Token', chainId, verifyingContract: address },
  types: {
    Permit: [
      { name: 'value', type: 'uint256' },
      { name: 'parts', type: 'bytes32[]' },
    ],
  },
  primaryType: 'Permit',
  message: { value: 2n ** 255n + 1n, parts: [`0x${'ab'.repeat(32)}`] },
};
