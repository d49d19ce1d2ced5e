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
  formerStands: [
    {
      name: 'prod-0.3.4',
      readOnly: true,
      generation: '0.3.4',
      token: 'AGI',
      multiPartyEscrow: '0x34E2EeE197EfAAbEcC495FdF3B1781a3b894eB5f',
      registry: '0xdcE9c76cCB881AF94F7FB4FaC94E4ACC584fa9a5',
      tokenAddress: '0x8eB24319393716668D768dCEC29356ae9CfFe285',
      tokenDecimals: 8,
      deploymentTransaction: '0xe739787a00a2ef7f10d292a6dd608444c435650d0f6d692819852e95deb1ef83',
      registryDeploymentTransaction:
        '0x29f3271851bb6b2a0d85fa94084945859467c872a00d158ab05dbd8c131c0e24',
    },
    {
      name: 'prod-0.3.0',
      readOnly: true,
      generation: '0.3.0',
      token: 'AGI',
      multiPartyEscrow: '0x9C9252Ec9fa844e2C7bD2E6F54BEc2901938479F',
      registry: '0xB3180A92E210B45e3447976a412aC0dF859fEBAf',
      tokenAddress: '0x8eB24319393716668D768dCEC29356ae9CfFe285',
      tokenDecimals: 8,
      deploymentTransaction: '0xa7019eac025ebae40643dc0552a01f6ca59d4d342e04dc0c084c4424928baa5d',
      registryDeploymentTransaction:
        '0x350bbb3aeac0602d619114f45cc88ca08f5e54cdd5670cdac70da2251d05dceb',
    },
  ],
};
