import { deriveTestAccount } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StrategyName } from '../../src/index.ts';
import { startNetwork, type TestNetwork } from '../start-network.ts';

const daemonKey = deriveTestAccount(7);
const freeCalls = 3;
const ids = { organizationId: 'local', serviceId: 'text' };
const text = { text: 'Guten Morgen' };
let network: TestNetwork;

beforeAll(async () => {
  network = await startNetwork({
    freeCalls: { calls: freeCalls, signer: daemonKey.address },
    daemonConfig: {
      private_key_for_free_calls: daemonKey.privateKey.slice(2),
      token_secret_key: 'a-secret-of-tests-0123456789-0123456789',
    },
  });
});

afterAll(() => network?.[Symbol.asyncDispose]());

/** Types of the payments of so many calls, one after the other. */
async function callWith(strategy: StrategyName | undefined, calls: number): Promise<string[]> {
  const engine = network.createEngine();
  const types: string[] = [];
  const service = await engine.createServiceClient({
    ...ids,
    strategy,
    onPayment: ({ type }) => types.push(type),
  });
  for (let index = 0; index < calls; index += 1) {
    expect(await service.call('Detect', text)).toHaveProperty('detection');
  }
  await engine.close();
  return types;
}

test('default: free calls are used up, then each call is paid, in one program', async () => {
  const engine = network.createEngine({ as: 'secondClient' });
  const service = await engine.createServiceClient(ids);
  const types: (string | undefined)[] = [];
  engine.on('receipt', ({ payment }) => types.push(payment?.type));
  expect(await service.getFreeCallsAvailable()).toBe(BigInt(freeCalls));
  for (let index = 0; index < freeCalls + 2; index += 1) await service.call('Detect', text);
  expect(types).toEqual(['free-call', 'free-call', 'free-call', 'escrow', 'escrow']);
  expect(await service.getFreeCallsAvailable()).toBe(0n);
});

test.each<[StrategyName | undefined, string[]]>([
  ['paid', ['escrow', 'escrow']],
  ['prepaid', ['prepaid-call', 'prepaid-call']],
  ['free', ['free-call', 'free-call']],
  ['default', ['free-call', 'escrow']],
  [undefined, ['escrow', 'escrow']],
])('args: strategy %s', async (strategy, types) => {
  expect(await callWith(strategy, 2)).toEqual(types);
});

test('behavior: each of several accounts pays with channels of its own', async () => {
  const engine = network.createEngine();
  const { secondClient } = network.devnet.accounts;
  engine.addAccount({ name: 'second', privateKey: secondClient.privateKey });
  const paid: (bigint | undefined)[] = [];
  engine.on('payment', ({ receipt }) => paid.push(receipt.channelId));
  for (const account of [undefined, 'second']) {
    const service = await engine.createServiceClient({ ...ids, account, strategy: 'paid' });
    await service.call('Detect', text);
  }
  const [first, second] = await Promise.all([
    engine.channels.list(),
    engine.channels.list({ account: 'second' }),
  ]);
  expect(first.map(({ id }) => id)).toContain(paid[0]);
  expect(second.map(({ id }) => id)).toContain(paid[1]);
  expect(second.map(({ sender }) => sender)).toEqual([secondClient.address]);
});
