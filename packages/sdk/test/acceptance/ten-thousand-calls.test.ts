import { createChainClient } from '@snetkit/contracts';
import { expect, test } from 'vitest';
import { startNetwork, type TestNetwork } from '../start-network.ts';

const calls = 10_000;
const inFlight = 64;
const timeoutMs = 600_000;

/** Makes all calls, `inFlight` at once, and tells what is true of them afterwards. */
async function run(network: TestNetwork, onCall: (made: number) => Promise<void>): Promise<void> {
  const { rpcUrl, accounts, price } = network.devnet;
  const chain = createChainClient({ rpcUrl });
  const { address } = accounts.client;
  const countTransactions = () => chain.getTransactionCount({ address });
  const events: string[] = [];
  const engine = network.createEngine({ funding: { callsAhead: BigInt(calls) + 1n } });
  engine.on('funding', ({ kind }) => events.push(kind));
  const service = await engine.createServiceClient({ organizationId: 'local', serviceId: 'text' });
  await service.call('Detect', { text: 'Guten Morgen' });
  const before = await countTransactions();

  let made = 0;
  const lane = async () => {
    while (made < calls) {
      made += 1;
      const own = made;
      const data = new Uint8Array([own & 255, own >> 8]);
      const [reply] = await Promise.all([service.call('Echo', { data }), onCall(own)]);
      expect(reply['data']).toEqual(data);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));

  expect(made).toBe(calls);
  const total = BigInt(calls + 1) * price;
  expect(await network.askDaemon(0n)).toMatchObject({ top: total, open: [], claimed: 0n });
  expect(await countTransactions()).toBe(before);
  expect(events).toEqual(['channelOpened']);
  const [channel] = await engine.channels.list();
  expect(channel).toMatchObject({ signed: total, unspent: 0n });
}

test(
  'behavior: 10,000 calls on one channel are all answered, and paid to the last cog',
  async () => {
    await using network = await startNetwork({ price: 10n ** 12n });
    await run(network, async () => {});
  },
  timeoutMs,
);

test(
  'behavior: the same while the daemon is started anew',
  async () => {
    await using network = await startNetwork({ price: 10n ** 12n });
    await run(network, async (made) => {
      if (made === calls / 2) await network.devnet.daemon?.restart();
    });
  },
  timeoutMs,
);
