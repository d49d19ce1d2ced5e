import type { Address, Hex } from '@snetkit/core';
import multiPartyEscrowCode from 'singularitynet-platform-contracts/bytecode/MultiPartyEscrow.json' with {
  type: 'json',
};
import registryCode from 'singularitynet-platform-contracts/bytecode/Registry.json' with {
  type: 'json',
};
import { encodeAbiParameters, parseAbiParameters } from 'viem';
import { fetchTokenCreationCode } from '../gen/fetch-token-creation-code.ts';

/** The token of a local network. */
export const devnetToken = { name: 'Fetch', symbol: 'FET', decimals: 18 } as const;

/** Cogs that the deployer holds at first: a thousand million tokens. */
export const initialSupply = 10n ** 9n * 10n ** 18n;

/** Creation code of FetchToken with its arguments; the whole supply goes to the sender. */
export function getTokenCreationCode(): Hex {
  const parameters = parseAbiParameters('string, string, uint256');
  const values = [devnetToken.name, devnetToken.symbol, initialSupply] as const;
  return append(fetchTokenCreationCode, encodeAbiParameters(parameters, values));
}

/** Creation code of MultiPartyEscrow for one token. */
export function getEscrowCreationCode(token: Address): Hex {
  return append(multiPartyEscrowCode, encodeAbiParameters(parseAbiParameters('address'), [token]));
}

/** Creation code of Registry. */
export function getRegistryCreationCode(): Hex {
  return append(registryCode, '0x');
}

function append(code: string, encodedArguments: Hex): Hex {
  return `0x${code.replace(/^0x/, '')}${encodedArguments.slice('0x'.length)}`;
}
