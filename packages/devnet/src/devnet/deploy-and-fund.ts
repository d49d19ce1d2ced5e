import { randomInt } from 'node:crypto';
import type { TestAccounts } from '../accounts.ts';
import { devnetToken } from '../contracts/creation-codes.ts';
import {
  type ContractAddresses,
  deployContracts,
  type PosedNetwork,
} from '../contracts/deploy-contracts.ts';
import { createDevnetChain } from '../contracts/devnet-chain.ts';
import { fundAccounts } from './fund-accounts.ts';

/** Cogs that each client gets: 100 FET. */
const clientFunds = 100n * 10n ** BigInt(devnetToken.decimals);

/** Deploys the contracts on a fresh chain and gives the clients their tokens. */
export async function deployAndFund(options: {
  rpcUrl: string;
  as: PosedNetwork | undefined;
  accounts: TestAccounts;
}): Promise<ContractAddresses> {
  const { rpcUrl, as, accounts } = options;
  const { deployer, client, secondClient } = accounts;
  const chain = createDevnetChain(rpcUrl);
  // Addresses follow from the nonce. Every run gets others, so that what a client remembers of the
  // channels of an earlier run never fits the chain of this one.
  await chain.setNonce({ address: deployer.address, nonce: randomInt(2 ** 31) });
  // The official Python client hangs on the first transaction of an account: it would be the second.
  for (const { address } of [client, secondClient]) await chain.setNonce({ address, nonce: 1 });
  const contracts = await deployContracts({ rpcUrl, as, deployer: deployer.address });
  await fundAccounts(chain, {
    token: contracts.token,
    from: deployer.address,
    to: [client.address, secondClient.address],
    amount: clientFunds,
  });
  return contracts;
}
