import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getNetwork, sepolia } from '@snetkit/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failure } from '../../test/failure.ts';
import { loadNetworks } from './index.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'networks-'));
});
afterAll(() => rm(directory, { recursive: true }));

const [stand] = sepolia.stands;
const { registry } = stand;
const mine = { name: 'mine', chainId: 5, stands: [{ ...stand, registry: registry.toLowerCase() }] };

/** Loads a file with this in it. */
async function load(content: unknown) {
  const file = join(directory, 'networks.json');
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return loadNetworks(file);
}

/** The message of the error, without the folder. */
async function refusal(content: unknown): Promise<string> {
  return (await failure(load(content))).message.replaceAll(`${directory}/`, '');
}

describe('loadNetworks', () => {
  test('default: one definition', async () => {
    const [network, ...others] = await load(mine);
    expect(others).toEqual([]);
    expect(network).toEqual({
      ...{ name: 'mine', aliases: [], chainId: 5, test: true, blockTimeSeconds: 12 },
      stands: [stand],
    });
  });

  test('default: a list, which getNetwork takes before its own', async () => {
    const other = { ...mine, name: 'other', chainId: 11_155_111, aliases: ['sepolia'] };
    const custom = await load([mine, other]);
    expect(getNetwork('5', { custom })).toBe(custom[0]);
    expect(getNetwork('sepolia', { custom })).toBe(custom[1]);
    expect(getNetwork('mainnet', { custom }).chainId).toBe(1);
  });

  test('error: each names the file and the key', async () => {
    expect(await refusal([mine, { ...mine, name: 'b', chainId: 'x' }])).toBe(
      [
        'The definition of the network is not valid.',
        'Place: networks.json: [1]: chainId',
        'Expected: a whole number above 0',
        'Found: "x"',
      ].join('\n'),
    );
    expect(await refusal({ ...mine, stands: [{ ...stand, registry: '0x1' }] })).toBe(
      [
        'This is not an address.',
        'Place: networks.json: stands[0].registry',
        'Expected: 0x and 40 hexadecimal digits',
        'Found: "0x1"',
      ].join('\n'),
    );
    expect(await refusal({ ...mine, stands: [{ ...stand, regsitry: '0x1' }] })).toBe(
      [
        'The definition of the network has an unknown key.',
        'Place: networks.json: stands[0]',
        'Expected: name, token, tokenDecimals, multiPartyEscrow, registry, tokenAddress, deploymentTransaction, registryDeploymentTransaction',
        'Found: "regsitry"',
      ].join('\n'),
    );
    expect(await refusal([mine, { ...mine, name: 'Mine', chainId: 6 }])).toBe(
      [
        'Two networks of the file have the same name.',
        'Place: networks.json',
        'Found: "mine"',
      ].join('\n'),
    );
    expect(await refusal('[{"name": 5,}]')).toContain('Place: networks.json, line 1, column');
    expect(await refusal('5')).toContain('Place: networks.json\nExpected: an object\nFound: 5');
  });

  test('error: no such file, and one that is too large', async () => {
    const file = join(directory, 'nowhere.json');
    const missing = await failure(loadNetworks(file));
    expect([missing.code, missing.message]).toEqual([
      'NETWORK_FILE_UNREADABLE',
      `The file of networks cannot be read.\nPlace: ${file}`,
    ]);
    expect(await refusal(' '.repeat(1024 * 1024 + 1))).toBe(
      [
        'The file of networks is too large.',
        'Place: networks.json',
        'Expected: at most 1048576 bytes',
      ].join('\n'),
    );
    // One that never ends.
    expect((await failure(loadNetworks('/dev/zero'))).message).toContain('is too large');
  });
});
