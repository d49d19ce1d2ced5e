import { expect, test } from 'vitest';
import { networkOf, startNetwork } from '../../test/start-network.ts';

test('error: transactions of an account are signed for no other chain than that of its network', async () => {
  await using network = await startNetwork();
  const other = { ...networkOf(network.devnet), chainId: 4242 };
  const engine = network.createEngine({ network: other });
  const account = engine.getAccount();
  const outcomes = await Promise.allSettled([
    account.deposit({ amount: 5n }),
    engine.tokenContract.transfer({ recipient: network.devnet.contracts.mpe, amount: 3n }),
  ]);
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: {
        message: `The RPC endpoint belongs to another chain.
Expected: chain id 4242 (local)
Found: chain id 31337
Fix: Give an RPC endpoint of the network, or choose another network.`,
      },
    });
  }
  await expect(engine.getAccount().getAllowance()).resolves.toBe(0n);
});
