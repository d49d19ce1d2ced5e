import { expect, test } from 'vitest';
import type { GrpcAnswer } from '../harness/grpc-call.ts';
import { startPaidNetwork } from '../harness/paid-network.ts';
import { createProvider } from '../harness/provider.ts';
import {
  canMount,
  createFillableEtcd,
  createFillableSqlite,
  type FillableStore,
} from './fillable-store.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
const refused = { status: 13, message: 'unable to store new payment channel state', messages: [] };

/** Pays while there is room, over the brim, and when there is room again. */
async function payOverTheBrim(store: FillableStore): Promise<void> {
  const network = await startPaidNetwork({ daemonConfig: store.config });
  try {
    const { price } = network.devnet;
    const channels = [await network.openChannel(), await network.openChannel()];
    const served = new Map<bigint, bigint>(channels.map((channelId) => [channelId, 0n]));

    async function pay(channelId: bigint): Promise<GrpcAnswer> {
      const calls = (served.get(channelId) ?? 0n) + 1n;
      const answer = await network.call(
        detect,
        await network.pay({ channelId, amount: price * calls }),
        text,
      );
      if (answer.status === 0) served.set(channelId, calls);
      return answer;
    }

    /** What the store says was charged is what was served. */
    async function compareBooks(): Promise<void> {
      for (const [channelId, calls] of served) {
        expect((await network.getState(channelId)).amount).toBe(price * calls);
      }
    }

    const [first = 0n, second = 0n] = channels;
    expect(await pay(first)).toMatchObject({ status: 0 });
    await store.fill();
    let answer = await pay(first);
    for (let i = 0; i < 50 && answer.status === 0; i += 1) answer = await pay(first);
    expect(answer).toEqual(refused);
    expect(await pay(second)).toEqual(refused);
    await expect(createProvider(network).startClaim(first)).rejects.toThrow(/^(2|13) /);
    await compareBooks();

    await store.makeRoom();
    for (const channelId of channels) {
      // What was refused is resolved in the background; until then the channel is busy.
      await expect.poll(() => pay(channelId), { timeout: 20_000 }).toMatchObject({ status: 0 });
      expect(await pay(channelId)).toMatchObject({ status: 0 });
    }
    await compareBooks();
    // Nothing of the claim that could not be started stands in the way of the next.
    const claim = await createProvider(network).startClaim(first);
    expect(claim).toMatchObject({ nonce: 0n, amount: price * (served.get(first) ?? 0n) });
  } finally {
    await network.stop();
  }
}

test.skipIf(!canMount())(
  'behavior: a full disk stops charging and serving, and room lets both go on',
  { timeout: 120_000 },
  async () => {
    await using store = await createFillableSqlite();
    await payOverTheBrim(store);
  },
);

test('behavior: an etcd out of space stops charging and serving, and room lets both go on', {
  timeout: 120_000,
}, async () => {
  await using store = await createFillableEtcd();
  await payOverTheBrim(store);
});
