import { type Address, bytesToHex, type Hex } from '@snetkit/core';
import { mnemonicToAccount } from 'viem/accounts';

/** The test words that every local chain funds. Everybody knows them: never send anything of worth to these accounts. */
export const testMnemonic = 'test test test test test test test test test test test junk';

/** A test account with its (public) private key. */
export interface TestAccount {
  readonly address: Address;
  readonly privateKey: Hex;
}

/** The accounts of a local network. */
export interface TestAccounts {
  /** Deploys the contracts and holds all tokens at first. */
  readonly deployer: TestAccount;
  /** Owns the organization, and is paid. */
  readonly provider: TestAccount;
  /** Pays. */
  readonly client: TestAccount;
  /** A second payer. */
  readonly secondClient: TestAccount;
}

/** The test account at an index of the test words. */
export function deriveTestAccount(index: number): TestAccount {
  const account = mnemonicToAccount(testMnemonic, { addressIndex: index });
  const { privateKey } = account.getHdKey();
  return { address: account.address, privateKey: bytesToHex(privateKey ?? new Uint8Array()) };
}

/** The accounts of a local network: the first four of the test words. */
export function createTestAccounts(): TestAccounts {
  const [deployer, provider, client, secondClient] = [0, 1, 2, 3].map(deriveTestAccount);
  return { deployer, provider, client, secondClient } as TestAccounts;
}
