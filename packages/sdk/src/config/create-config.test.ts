import { sepolia } from '@snetkit/core';
import { expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { createConfig } from './create-config.ts';

const rpcUrl = 'http://127.0.0.1:8545';
const address = '0x042d31f61c598eadcac729b845406514521db520';

test('default', () => {
  const config = createConfig({ network: 'sepolia', rpcUrl });
  expect(config).toMatchObject({ network: sepolia, stand: sepolia.stands[0], rpcUrl, funding: {} });
  expect(config.content).toMatchObject({
    ipfs: { name: 'https://ipfs.singularitynet.io' },
    filecoin: { name: 'https://gateway.lighthouse.storage' },
  });
});

test('args: gatewayUrls and lighthouseUrl', () => {
  const contentUrl = 'http://127.0.0.1:5001';
  const gatewayUrls = ['https://ipfs.io', 'https://gateway.example.org/ipfs/'];
  const lighthouseUrl = 'https://lighthouse.example.org';
  const { content } = createConfig({
    network: 'sepolia',
    rpcUrl,
    contentUrl,
    gatewayUrls,
    lighthouseUrl,
  });
  expect(content).toMatchObject({
    ipfs: { name: 'http://127.0.0.1:5001, https://ipfs.io, https://gateway.example.org' },
    filecoin: { name: lighthouseUrl },
  });
});

test('args: content instead of URLs', () => {
  const content = { name: 'own', readBlock: async () => new Uint8Array() };
  expect(createConfig({ network: 'sepolia', rpcUrl, content }).content).toBe(content);
});

test('args: network by chain id, another deployment', () => {
  const config = createConfig({ network: 11155111, stand: { token: 'AGIX' }, rpcUrl });
  expect(config.stand).toMatchObject({ name: 'demo', token: 'AGIX', tokenDecimals: 8 });
});

test('args: a network of one’s own', () => {
  const network = {
    name: 'local',
    chainId: 31337,
    stands: [
      {
        name: 'local',
        token: 'FET',
        tokenDecimals: 18,
        multiPartyEscrow: address,
        registry: address,
        tokenAddress: address,
      },
    ],
  };
  const config = createConfig({ network, rpcUrl });
  expect(config.network).toMatchObject({ name: 'local', chainId: 31337, blockTimeSeconds: 12 });
  expect(config.stand.multiPartyEscrow).toBe('0x042d31F61c598eADcAc729B845406514521db520');
});

test('error: unknown network', async () => {
  const error = await catchError(() => createConfig({ network: 'ropsten', rpcUrl }));
  expect(error.message).toBe(
    [
      'The network is unknown.',
      'Place: network',
      'Expected: mainnet (1), sepolia (11155111)',
      'Found: "ropsten"',
    ].join('\n'),
  );
});
