import { multiPartyEscrowAbi, registryAbi, tokenAbi } from '@snetkit/contracts';
import { type Address, BaseError } from '@snetkit/core';
import { devnetToken, initialSupply } from './creation-codes.ts';
import type { ContractAddresses } from './deploy-contracts.ts';
import type { DevnetChain } from './devnet-chain.ts';

/** Identifier of the registry's interface (ERC-165). */
const registryInterface = '0x3f2242ea';

/** Reads back what the constructors wrote. Throws `BaseError` (`DEVNET_CONTRACTS_FAILED`). */
export async function checkContracts(
  chain: DevnetChain,
  options: { contracts: ContractAddresses; owner: Address },
): Promise<void> {
  const { mpe, registry, token } = options.contracts;
  const [onEscrow, onRegistry, onToken] = [
    { address: mpe, abi: multiPartyEscrowAbi } as const,
    { address: registry, abi: registryAbi } as const,
    { address: token, abi: tokenAbi } as const,
  ];
  const found = {
    escrowToken: await chain.readContract({ ...onEscrow, functionName: 'token' }),
    isRegistry: await chain.readContract({
      ...onRegistry,
      functionName: 'supportsInterface',
      args: [registryInterface],
    }),
    symbol: await chain.readContract({ ...onToken, functionName: 'symbol' }),
    decimals: await chain.readContract({ ...onToken, functionName: 'decimals' }),
    supply: await chain.readContract({
      ...onToken,
      functionName: 'balanceOf',
      args: [options.owner],
    }),
  };
  const { symbol, decimals } = devnetToken;
  const expected = {
    escrowToken: token,
    isRegistry: true,
    symbol,
    decimals,
    supply: initialSupply,
  };
  if (format(found) === format(expected)) return;
  throw new BaseError('DEVNET_CONTRACTS_FAILED', 'The contracts do not answer as they should.', {
    expected: format(expected),
    found: format(found),
  });
}

function format(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
