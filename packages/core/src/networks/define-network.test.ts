import { expect, test } from 'vitest';
import type { Address } from '../types.ts';
import { defineNetwork } from './define-network.ts';
import type { Stand } from './network.ts';
import { sepolia } from './sepolia.ts';

const [stand] = sepolia.stands;

test('default', () => {
  expect(defineNetwork({ name: 'devnet', chainId: 31337, stands: [stand] })).toEqual({
    name: 'devnet',
    aliases: [],
    chainId: 31337,
    test: true,
    blockTimeSeconds: 12,
    stands: [stand],
  });
});

test('behavior: addresses become checksummed', () => {
  const lower: Stand = { ...stand, registry: stand.registry.toLowerCase() as Address };
  expect(defineNetwork({ name: 'devnet', chainId: 1, stands: [lower] }).stands).toEqual([stand]);
});

test('args: aliases, test and blockTimeSeconds', () => {
  const options = { aliases: ['local'], test: false, blockTimeSeconds: 0.5 };
  const network = defineNetwork({ name: 'devnet', chainId: 1, stands: [stand], ...options });
  expect(network).toMatchObject(options);
});

const base = { name: 'devnet', chainId: 1, stands: [stand] };

test('error: name', () => {
  expect(() => defineNetwork({ ...base, name: 'a/b' })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The definition of the network is not valid.
    Place: name
    Expected: letters, digits, - and _
    Found: "a/b"]
  `);
});

test('error: chain id', () => {
  expect(() => defineNetwork({ ...base, chainId: 0 })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The definition of the network is not valid.
    Place: chainId
    Expected: a whole number above 0
    Found: 0]
  `);
  expect(() => defineNetwork({ ...base, chainId: 1.5 })).toThrow('Found: 1.5');
});

test('error: block time', () => {
  expect(() =>
    defineNetwork({ ...base, blockTimeSeconds: Number.NaN }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The definition of the network is not valid.
    Place: blockTimeSeconds
    Expected: a number above 0
    Found: NaN]
  `);
});

test('error: no stands', () => {
  expect(() => defineNetwork({ ...base, stands: [] })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The definition of the network is not valid.
    Place: stands
    Expected: at least one deployment
    Found: none]
  `);
});

test('error: a stand', () => {
  const decimals = { ...stand, tokenDecimals: -1 };
  expect(() =>
    defineNetwork({ ...base, stands: [stand, decimals] }),
  ).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: The definition of the network is not valid.
    Place: stands[1].tokenDecimals
    Expected: a whole number from 0 to 77
    Found: -1]
  `);
  const address: Stand = { ...stand, registry: '0x1' };
  expect(() => defineNetwork({ ...base, stands: [address] })).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: This is not an address.
    Place: stands[0].registry
    Expected: 0x and 40 hexadecimal digits
    Found: "0x1"]
  `);
});

test.each([
  ['', null, 'an object', 'null'],
  ['', [], 'an object', 'a list'],
  ['name', { ...base, name: 5 }, 'letters, digits, - and _', '5'],
  ['aliases', { ...base, aliases: 'main' }, 'a list', '"main"'],
  ['aliases[1]', { ...base, aliases: ['a', 'b c'] }, 'letters, digits, - and _', '"b c"'],
  ['chainId', { ...base, chainId: '1' }, 'a whole number above 0', '"1"'],
  ['test', { ...base, test: 'yes' }, 'true or false', '"yes"'],
  ['stands', { ...base, stands: undefined }, 'a list', 'nothing'],
  ['stands[0]', { ...base, stands: ['x'] }, 'an object', '"x"'],
  ['stands[0].token', { ...base, stands: [{ ...stand, token: '' }] }, 'a text', '""'],
  [
    'stands[0].registry',
    { ...base, stands: [{ ...stand, registry: {} }] },
    'an address',
    'an object',
  ],
  [
    'stands[0].deploymentTransaction',
    { ...base, stands: [{ ...stand, deploymentTransaction: '0x12' }] },
    '0x and 64 hexadecimal digits',
    '"0x12"',
  ],
])('error: of another type: %s', (key, definition, expected, found) => {
  const place = 'networks.json';
  const define = () => defineNetwork(definition as never, { place });
  expect(define).toThrow(
    [
      'The definition of the network is not valid.',
      `Place: ${key === '' ? place : `${place}: ${key}`}`,
      `Expected: ${expected}`,
      `Found: ${found}`,
    ].join('\n'),
  );
});

test('args: place comes before the key of an address, too', () => {
  const address: Stand = { ...stand, registry: '0x1' };
  const define = () => defineNetwork({ ...base, stands: [address] }, { place: 'networks.json' });
  expect(define).toThrow('Place: networks.json: stands[0].registry');
});
