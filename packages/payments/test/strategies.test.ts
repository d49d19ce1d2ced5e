import { createChainClient, privateKeySigner, transferTokens } from '@snetkit/contracts';
import { type Devnet, deriveTestAccount } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPayingClient, type PayingClient, startNetwork } from './paying-client.ts';

const daemonKey = deriveTestAccount(7);
const freeCalls = 4;
const text = { text: 'guten tag' };

let devnet: Devnet;

beforeAll(async () => {
  devnet = await startNetwork({
    freeCalls: { calls: freeCalls, signer: daemonKey.address },
    daemonConfig: {
      private_key_for_free_calls: daemonKey.privateKey.slice(2),
      token_secret_key: 'a-secret-of-tests-0123456789-0123456789',
    },
  });
});

afterAll(() => devnet?.stop());

/** Types of the payments, in their order. */
function typesOf({ receipts }: PayingClient): string[] {
  return receipts.map(({ type }) => type);
}

test('default: free calls are used up, then each call is paid', async () => {
  const client = await createPayingClient(devnet, { strategy: 'default' });
  for (let index = 0; index < freeCalls + 3; index += 1) await client.call('Detect', text);
  expect(typesOf(client)).toEqual([
    ...Array.from({ length: freeCalls }, () => 'free-call'),
    ...Array.from({ length: 3 }, () => 'escrow'),
  ]);
  expect(await client.free.getAvailable()).toBe(0n);
  await client.close();
});

test('behavior: a wallet below the minimum balance is refused free calls, and pays in the same call', async () => {
  const poor = { privateKey: deriveTestAccount(8).privateKey };
  const rich = privateKeySigner(devnet.accounts.client.privateKey);
  const free = await createPayingClient(devnet, { strategy: 'free', account: poor });
  const refused = free.call('Detect', text);
  await expect(refused).rejects.toThrow(/you must have at least 10 FET \(ASI\) in your balance/);
  await transferTokens(createChainClient({ rpcUrl: devnet.rpcUrl }), rich, {
    token: devnet.contracts.token,
    recipient: deriveTestAccount(8).address,
    amount: 10n ** 18n,
  });
  const client = await createPayingClient(devnet, { strategy: 'default', account: poor });
  await client.call('Detect', text);
  expect(typesOf(client)).toEqual(['escrow']);
  await client.close();
});

test('error: the free strategy alone says when nothing is left', async () => {
  const account = devnet.accounts.secondClient;
  const client = await createPayingClient(devnet, { strategy: 'free', account });
  expect(await client.free.getAvailable()).toBe(BigInt(freeCalls));
  await Promise.all(Array.from({ length: freeCalls }, () => client.call('Detect', text)));
  await expect(client.call('Detect', text)).rejects.toThrow(
    /The free calls of this wallet are used up\.\nPlace: local\/text\nFound: internal error: free call limit has been exceeded, calls made = 4, total free calls eligible = 4/,
  );
  expect(typesOf(client)).toEqual(Array.from({ length: freeCalls }, () => 'free-call'));
});

test('default: prepaid calls run at once on one token, and a new one is bought in time', async () => {
  const client = await createPayingClient(devnet, {
    strategy: 'prepaid',
    callsPerToken: 8n,
    funding: { callsAhead: 100n },
  });
  await Promise.all(
    Array.from({ length: 30 }, () => client.call('Slow', { ...text, delayMs: 20 })),
  );
  expect(typesOf(client)).toEqual(Array.from({ length: 30 }, () => 'prepaid-call'));
  const token = client.prepaid.getToken();
  expect((token?.used ?? 0n) / devnet.price).toBeGreaterThanOrEqual(30n);
  // A process that starts anew finds what is left, and buys nothing.
  const { ledger } = client;
  const next = await createPayingClient(devnet, { strategy: 'prepaid', callsPerToken: 8n, ledger });
  const left = (token?.planned ?? 0n) - (token?.used ?? 0n);
  if (left >= devnet.price) {
    await next.call('Detect', text);
    expect(next.prepaid.getToken()?.planned).toBe(token?.planned);
  }
  await client.close();
});

test('behavior: a token that another process has bought pays here', async () => {
  const options = { strategy: 'prepaid', callsPerToken: 20n } as const;
  const master = await createPayingClient(devnet, options);
  await master.call('Detect', text);
  const token = master.prepaid.getToken();
  expect(token).toBeDefined();
  const worker = await createPayingClient(devnet, { ...options, funding: { neverFund: true } });
  if (token !== undefined) worker.prepaid.adoptToken(token);
  await worker.call('Detect', text);
  expect(worker.prepaid.getToken()?.token).toBe(token?.token);
  expect(worker.funded).toEqual([]);
});

test('behavior: a failure of the service is not counted, neither free nor bought', async () => {
  const client = await createPayingClient(devnet, { strategy: 'prepaid', callsPerToken: 5n });
  await client.call('Detect', text);
  const before = client.prepaid.getToken()?.used;
  const fault = { $typeName: 'text.v1.trial.Fault', code: 5, message: 'no such text' };
  await expect(client.call('Fail', { fault })).rejects.toThrow(/no such text/);
  expect(client.prepaid.getToken()?.used).toBe(before);
});
