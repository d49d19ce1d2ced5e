import type { Network } from './network.ts';

/** The test network Sepolia of Ethereum. */
export const sepolia: Network = {
  name: 'sepolia',
  aliases: [],
  chainId: 11_155_111,
  test: true,
  blockTimeSeconds: 12,
  stands: [
    {
      name: 'demo',
      token: 'FET',
      multiPartyEscrow: '0x042d31F61c598eADcAc729B845406514521db520',
      registry: '0x4DCc70c6FCE4064803f0ae0cE48497B3f7182e5D',
      tokenAddress: '0x3A54192862D1c52C8175d4912f1f778d1E3C2449',
      tokenDecimals: 18,
      deploymentTransaction: '0x018377a246ca61de96d7566e9f29fd8b9234932ab6a7ffa7fb2c55f98cb019d6',
      registryDeploymentTransaction:
        '0xc54823ed287fe4a4c7a85595d8ae19a2200492fa830401e1d7edc10ef80470c5',
    },
    {
      name: 'dev',
      token: 'FET',
      multiPartyEscrow: '0x03e7D37A13ed807B2311418095E23fA8Ff9DE380',
      registry: '0xE73aC4AC2D9Df5698710fFB2f6c3923ADf0bA055',
      tokenAddress: '0x3A54192862D1c52C8175d4912f1f778d1E3C2449',
      tokenDecimals: 18,
      deploymentTransaction: '0x99a902fa94e1d73451413309330766f3555323f7bef392b998685ff3f1251899',
      registryDeploymentTransaction:
        '0x165a10ddb1d04a38eae9179346baa8667aa8d69b1d5cd07e59dd8233b0eb1457',
    },
    {
      name: 'demo',
      token: 'AGIX',
      multiPartyEscrow: '0x7E0aF8988DF45B824b2E0e0A87c6196897744970',
      registry: '0x4DCc70c6FCE4064803f0ae0cE48497B3f7182e5D',
      tokenAddress: '0xf703b9aB8931B6590CFc95183be4fEf278732016',
      tokenDecimals: 8,
      deploymentTransaction: '0x672e9051b5f5c8b071f3a408ef98b6a59c914f870ddf5db5a2aacd7836eaac8a',
      registryDeploymentTransaction:
        '0xc54823ed287fe4a4c7a85595d8ae19a2200492fa830401e1d7edc10ef80470c5',
    },
    {
      name: 'dev',
      token: 'AGIX',
      multiPartyEscrow: '0xf466d65eD5d6049685F7dC31F6A265c3c799956c',
      registry: '0xE73aC4AC2D9Df5698710fFB2f6c3923ADf0bA055',
      tokenAddress: '0xf703b9aB8931B6590CFc95183be4fEf278732016',
      tokenDecimals: 8,
      deploymentTransaction: '0xf4e0050b61f97710dad5288081eac25a02e30be09bd11d6ca847880922ea7e9b',
      registryDeploymentTransaction:
        '0x165a10ddb1d04a38eae9179346baa8667aa8d69b1d5cd07e59dd8233b0eb1457',
    },
  ],
};
