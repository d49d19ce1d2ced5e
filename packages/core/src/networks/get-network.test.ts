import { expect, test } from 'vitest';
import { defineNetwork } from './define-network.ts';
import { getNetwork } from './get-network.ts';
import { mainnet } from './mainnet.ts';
import { sepolia } from './sepolia.ts';

test('default', () => {
  expect(getNetwork('sepolia')).toBe(sepolia);
});

test.each(['mainnet', 'main', 'Main', '1', 1, 1n])('behavior: mainnet is also %s', (key) => {
  expect(getNetwork(key)).toBe(mainnet);
});

test('args: custom', () => {
  const local = defineNetwork({ name: 'sepolia', chainId: 11155111, stands: sepolia.stands });
  expect(getNetwork('sepolia', { custom: [local] })).toBe(local);
  expect(getNetwork('mainnet', { custom: [local] })).toBe(mainnet);
});

test('error: unknown', () => {
  const place = 'blockchain_network_selected';
  expect(() => getNetwork('goerli', { place })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The network is unknown.
    Place: blockchain_network_selected
    Expected: mainnet (1), sepolia (11155111)
    Found: "goerli"]
  `);
});
