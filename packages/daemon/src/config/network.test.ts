import { expect, test } from 'vitest';
import { testConfig } from '../../test/services/test-config.ts';
import { getDaemonNetwork } from './network.ts';

test('default: Sepolia as the table has it', async () => {
  expect(getDaemonNetwork(await testConfig())).toEqual({
    name: 'sepolia',
    chainId: 11_155_111,
    registry: '0x4DCc70c6FCE4064803f0ae0cE48497B3f7182e5D',
    registryText: '0x4DCc70c6FCE4064803f0ae0cE48497B3f7182e5D',
    mpe: '0x042d31F61c598eADcAc729B845406514521db520',
    token: '0x3A54192862D1c52C8175d4912f1f778d1E3C2449',
  });
});

test('behavior: main is the main network by its official name', async () => {
  const config = await testConfig({ SNET_BLOCKCHAIN_NETWORK_SELECTED: 'main' });
  expect(getDaemonNetwork(config)).toMatchObject({
    name: 'main',
    chainId: 1,
    mpe: '0xdF8d4826E016aFA8803d94A716FEB70aD5D2B8Ac',
  });
});

test('behavior: a registry of the table selects its deployment, and keeps the text that was written', async () => {
  const registryText = '0xe73ac4ac2d9df5698710ffb2f6c3923adf0ba055';
  const config = await testConfig({ SNET_REGISTRY_ADDRESS_KEY: registryText });
  expect(getDaemonNetwork(config)).toMatchObject({
    registry: '0xE73aC4AC2D9Df5698710fFB2f6c3923ADf0bA055',
    registryText,
    mpe: '0x03e7D37A13ed807B2311418095E23fA8Ff9DE380',
  });
});

test('behavior: an escrow of the table selects its deployment', async () => {
  const mpe = '0x7E0aF8988DF45B824b2E0e0A87c6196897744970';
  const config = await testConfig({ SNET_MPE_ADDRESS_KEY: mpe.toLowerCase() });
  expect(getDaemonNetwork(config)).toMatchObject({
    mpe,
    token: '0xf703b9aB8931B6590CFc95183be4fEf278732016',
  });
});

test("behavior: a network of one's own is what the configuration says", async () => {
  const address = (digit: string) => `0x${digit.repeat(40)}`;
  const config = await testConfig({
    SNET_BLOCKCHAIN_NETWORK_SELECTED: 'devnet',
    SNET_CHAIN_ID: '31337',
    SNET_REGISTRY_ADDRESS_KEY: address('1'),
    SNET_MPE_ADDRESS_KEY: address('2'),
    SNET_TOKEN_ADDRESS_KEY: address('3'),
  });
  expect(getDaemonNetwork(config)).toEqual({
    name: 'devnet',
    chainId: 31_337,
    registry: address('1'),
    registryText: address('1'),
    mpe: address('2'),
    token: address('3'),
  });
});
