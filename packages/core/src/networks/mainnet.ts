import type { Network } from './network.ts';

/** The main network of Ethereum. */
export const mainnet: Network = {
  name: 'mainnet',
  aliases: ['main'],
  chainId: 1,
  test: false,
  blockTimeSeconds: 12,
  stands: [
    {
      name: 'prod',
      token: 'FET',
      multiPartyEscrow: '0xdF8d4826E016aFA8803d94A716FEB70aD5D2B8Ac',
      registry: '0x247DEbEBB766E4fA99667265A158060018D5f4F8',
      tokenAddress: '0xaea46A60368A7bD060eec7DF8CBa43b7EF41Ad85',
      tokenDecimals: 18,
      deploymentTransaction: '0xac237d845702f0cb4bbfa7564bd12fd712a3bd01ffa0f3cb6556135fca0ce38b',
      registryDeploymentTransaction:
        '0x6290f6227af2ded31ef5e5a99e8fc0dfee9524446d944446edd1e784bababe74',
    },
    {
      name: 'prod',
      token: 'AGIX',
      multiPartyEscrow: '0x5e592F9b1d303183d963635f895f0f0C48284f4e',
      registry: '0x247DEbEBB766E4fA99667265A158060018D5f4F8',
      tokenAddress: '0x5B7533812759B45C2B44C19e320ba2cD2681b542',
      tokenDecimals: 8,
      deploymentTransaction: '0x3cd235303853dab271613a7679c9c5bfc7c86b05305620dadaaa7c46920b66c7',
      registryDeploymentTransaction:
        '0x6290f6227af2ded31ef5e5a99e8fc0dfee9524446d944446edd1e784bababe74',
    },
  ],
};
