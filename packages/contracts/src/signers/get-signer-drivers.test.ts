import { expect, test } from 'vitest';
import { getSignerDrivers } from './get-signer-drivers.ts';

test('default: the native library signs here', async () => {
  expect(await getSignerDrivers()).toEqual({ signing: 'secp256k1-native', keccak: 'hash-wasm' });
});
