import { expect, test } from 'vitest';
import { type Deployment, sdkVectors } from '../../test/vectors.ts';
import { checksumAddress } from '../crypto/checksum-address.ts';
import { networks } from './networks.ts';

const { MultiPartyEscrow, Registry, FetchToken, SingularityNetToken } = sdkVectors.networks;

test('default', () => {
  expect(networks.map(({ name, chainId, test: isTest }) => [name, chainId, isTest])).toEqual([
    ['mainnet', 1, false],
    ['sepolia', 11155111, true],
  ]);
});

test('behavior: every stand of the official packages is there, and no other', () => {
  const official = Object.entries(MultiPartyEscrow).flatMap(([chainId, tokens]) =>
    Object.entries(tokens).flatMap(([token, stands]) =>
      Object.entries(stands).map(([name, escrow]) => {
        const registry = Registry[chainId]?.[token]?.[name] as Deployment;
        const contract = (token === 'FET' ? FetchToken : SingularityNetToken)[chainId];
        return {
          chainId: Number(chainId),
          name,
          token,
          multiPartyEscrow: escrow.address,
          registry: registry.address,
          tokenAddress: contract?.address,
          tokenDecimals: token === 'FET' ? 18 : 8,
          deploymentTransaction: escrow.transactionHash,
          registryDeploymentTransaction: registry.transactionHash,
        };
      }),
    ),
  );
  const ours = networks.flatMap(({ chainId, stands }) =>
    stands.map((stand) => ({ chainId, ...stand })),
  );
  expect(official).toHaveLength(6);
  expect(ours).toHaveLength(official.length);
  expect(ours).toEqual(expect.arrayContaining(official));
});

test('behavior: addresses are checksummed', () => {
  for (const { stands, formerStands = [] } of networks) {
    for (const { multiPartyEscrow, registry, tokenAddress } of [...stands, ...formerStands]) {
      for (const address of [multiPartyEscrow, registry, tokenAddress]) {
        expect(address).toBe(checksumAddress(address));
      }
    }
  }
});

test('behavior: older generations are for reading only', () => {
  const former = networks.flatMap(({ chainId, formerStands = [] }) =>
    formerStands.map(({ generation, readOnly, token, multiPartyEscrow }) => {
      return [chainId, generation, readOnly, token, multiPartyEscrow.toLowerCase().slice(0, 10)];
    }),
  );
  expect(former).toEqual([
    [1, '0.3.4', true, 'AGI', '0x34e2eee1'],
    [1, '0.3.0', true, 'AGI', '0x9c9252ec'],
  ]);
});
