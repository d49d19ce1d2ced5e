import { bytesToHex, hexToBytes } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { claims, permit, privateKey, transactions } from '../../test/signers/samples.ts';
import { loadSignerDrivers as loadNative } from '../node/signers/native-drivers.ts';
import { localSigner } from './local-signer.ts';
import { loadSignerDrivers as loadPortable } from './portable-drivers.ts';

const kinds = [
  { name: 'secp256k1-native', loadDrivers: loadNative },
  { name: 'portable', loadDrivers: loadPortable },
];

describe.each(kinds)('$name', ({ name, loadDrivers }) => {
  const signer = localSigner(hexToBytes(privateKey), { loadDrivers });

  test('default: the driver', async () => {
    const { signing } = await loadDrivers();
    expect(signing.name).toBe(name);
  });

  test.each(claims)('default: $name', async ({ packed, signature }) => {
    expect(bytesToHex(await signer.signMessage(packed))).toBe(signature);
  });

  test.each(transactions)('default: a transaction, $name', async ({ asked, raw }) => {
    expect(await signer.signTransaction(asked)).toBe(raw);
  });

  test('default: structured data', async () => {
    const portable = localSigner(hexToBytes(privateKey), { loadDrivers: loadPortable });
    expect(await signer.signTypedData(permit)).toEqual(await portable.signTypedData(permit));
  });
});
