import { createChainClient } from '@snetkit/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/catch-error.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';

let network: TestNetwork;

beforeAll(async () => {
  network = await startNetwork({ daemonCommand: undefined, service: false });
});

afterAll(() => network?.[Symbol.asyncDispose]());

function send(method: string, ...params: unknown[]): Promise<unknown> {
  const chain = createChainClient({ rpcUrl: network.devnet.rpcUrl });
  return chain.request({ method, params } as never) as Promise<unknown>;
}

test('default: a deposit whose engine is closed says how it is taken up, and is', async () => {
  const engine = network.createEngine();
  const account = engine.getAccount();
  // The approval is mined, the deposit waits.
  const { hash: approval } = await engine.tokenContract.approve({
    spender: network.devnet.contracts.mpe,
    amount: 5n,
  });
  expect(approval).toMatch(/^0x/);
  await send('evm_setAutomine', false);
  const sent = Promise.withResolvers<string>();
  const waiting = catchError(() => account.deposit({ amount: 5n, onSent: sent.resolve }));
  const hash = await sent.promise;
  await engine.close();
  expect((await waiting).message).toBe(
    [
      'The engine was closed while a transaction was under way.',
      `Found: MultiPartyEscrow.deposit in transaction ${hash}`,
      'Fix: Call the same function again with a new engine: what was sent is taken up from the journal, and nothing is sent twice.',
    ].join('\n'),
  );
  await send('evm_setAutomine', true);
  await send('evm_mine');
  await using again = network.createEngine();
  const result = await again.getAccount().deposit({ amount: 5n });
  expect(result).toMatchObject({ hash, isResumed: true });
  expect((await again.getAccount().getBalances()).escrow).toBe(5n);
});

test('behavior: closed between approval and deposit', async () => {
  const engine = network.createEngine();
  const account = engine.getAccount();
  let closing: Promise<void> | undefined;
  const failed = catchError(() =>
    account.deposit({
      amount: 7n,
      onMined: (_, { purpose }) => {
        if (purpose === 'Token.approve') closing = engine.close();
      },
    }),
  );
  const error = await failed;
  await closing;
  expect([error.code, error.shortMessage]).toEqual([
    'CLIENT_CLOSED',
    'The engine was closed while a transaction was under way.',
  ]);
  await using again = network.createEngine();
  const { approval } = await again.getAccount().deposit({ amount: 7n });
  expect(approval).toBeUndefined();
  expect(await again.getAccount().getAllowance()).toBe(0n);
});
