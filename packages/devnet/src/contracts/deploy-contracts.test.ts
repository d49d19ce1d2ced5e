import { startAnvil } from '@snetkit/anvil';
import { tokenAbi } from '@snetkit/contracts';
import { expect, test } from 'vitest';
import sepoliaDemo from '../../fixtures/sepolia-demo.json' with { type: 'json' };
import { deriveTestAccount } from '../accounts.ts';
import { deployContracts } from './deploy-contracts.ts';
import { createDevnetChain } from './devnet-chain.ts';

test('default: the published contracts answer, and the deployer holds the tokens', async () => {
  await using anvil = await startAnvil();
  const contracts = await deployContracts({ rpcUrl: anvil.rpcUrl });
  const chain = createDevnetChain(anvil.rpcUrl);
  const [deployer, other] = [deriveTestAccount(0).address, deriveTestAccount(5).address];
  const token = { address: contracts.token, abi: tokenAbi };
  const hash = await chain.writeContract({
    ...token,
    functionName: 'transfer',
    args: [other, 5n],
    account: deployer,
    chain: null,
  });
  await chain.waitForTransactionReceipt({ hash });
  expect(await chain.readContract({ ...token, functionName: 'balanceOf', args: [other] })).toBe(5n);
});

test('args: as sepolia, the contracts are at the published addresses with what their constructors wrote', async () => {
  await using posed = await startAnvil({ chainId: 11_155_111 });
  await using plain = await startAnvil();
  const contracts = await deployContracts({ rpcUrl: posed.rpcUrl, as: 'sepolia' });
  expect(contracts).toEqual({
    mpe: sepoliaDemo.multiPartyEscrow,
    registry: sepoliaDemo.registry,
    token: sepoliaDemo.token,
  });
  const deployed = await deployContracts({ rpcUrl: plain.rpcUrl });
  const [posedChain, plainChain] = [posed, plain].map(({ rpcUrl }) => createDevnetChain(rpcUrl));
  for (const name of ['mpe', 'registry', 'token'] as const) {
    // The same runtime code as an ordinary deployment, so no constructor code is left behind.
    expect(await posedChain!.getCode({ address: contracts[name] })).toBe(
      await plainChain!.getCode({ address: deployed[name] }),
    );
  }
  const token = { address: contracts.token, abi: tokenAbi };
  const role = await posedChain!.readContract({ ...token, functionName: 'MINTER_ROLE' });
  const args = [role, deriveTestAccount(0).address] as const;
  expect(await posedChain!.readContract({ ...token, functionName: 'hasRole', args })).toBe(true);
});

test('error: a chain with another id cannot pose as Sepolia', async () => {
  await using anvil = await startAnvil();
  await expect(deployContracts({ rpcUrl: anvil.rpcUrl, as: 'sepolia' })).rejects.toMatchObject({
    code: 'DEVNET_CONTRACTS_FAILED',
    message: `The chain cannot pose as Sepolia.
Expected: chain id 11155111
Found: chain id 31337`,
  });
});

test('error: no chain at all', async () => {
  const rpcUrl = 'http://127.0.0.1:1';
  await expect(deployContracts({ rpcUrl })).rejects.toMatchObject({
    code: 'DEVNET_CONTRACTS_FAILED',
    message: `The contracts could not be deployed.\nPlace: ${rpcUrl}`,
  });
});
