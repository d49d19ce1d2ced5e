import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { networks } from '@snetkit/core';
import { describe, expect, test } from 'vitest';
import { vectors } from '../test/vectors.ts';

const require = createRequire(import.meta.url);
const published = (path: string) => JSON.parse(readFileSync(require.resolve(path), 'utf8'));

interface Deployment {
  readonly address: string;
  readonly transactionHash: string;
}

describe('networks', () => {
  test('default: the published packages say what the vectors say', () => {
    for (const contract of ['MultiPartyEscrow', 'Registry']) {
      const file = published(`singularitynet-platform-contracts/networks/${contract}.json`);
      expect(file).toEqual(vectors.networks[contract]);
    }
    for (const contract of ['FetchToken', 'SingularityNetToken']) {
      const file = published(`singularitynet-token-contracts/networks/${contract}.json`);
      const pairs = Object.entries(file as Record<string, Deployment>).map(
        ([chainId, { address, transactionHash }]) => [chainId, { address, transactionHash }],
      );
      expect(Object.fromEntries(pairs)).toEqual(vectors.networks[contract]);
    }
  });

  test('default: the network table says what the published packages say', () => {
    const escrows = published('singularitynet-platform-contracts/networks/MultiPartyEscrow.json');
    const registries = published('singularitynet-platform-contracts/networks/Registry.json');
    for (const { chainId, stands } of networks) {
      for (const { name, token, ...stand } of stands) {
        const escrow: Deployment = escrows[chainId][token][name];
        const registry: Deployment = registries[chainId][token][name];
        expect(stand.multiPartyEscrow).toBe(escrow.address);
        expect(stand.deploymentTransaction).toBe(escrow.transactionHash);
        expect(stand.registry).toBe(registry.address);
        expect(stand.registryDeploymentTransaction).toBe(registry.transactionHash);
        const file = token === 'FET' ? 'FetchToken' : 'SingularityNetToken';
        const tokens = published(`singularitynet-token-contracts/networks/${file}.json`);
        expect(stand.tokenAddress).toBe(tokens[chainId].address);
        const { fet, agix } = vectors.contract_behaviour.decimals;
        expect(stand.tokenDecimals).toBe(token === 'FET' ? fet : agix);
      }
    }
  });
});
