import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { GrpcAnswer } from '../harness/grpc-call.ts';
import type { StartedSnetd } from '../shell/start-snetd.ts';
import { callDetect } from '../shell/start-test-network.ts';
import { type OfficialNetwork, startOfficialNetwork } from './official-network.ts';

// docs/moving-state.md, "After a restore": a backup that is older than what clients hold.

// Several daemons one after the other, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

let there: OfficialNetwork;
let daemon: StartedSnetd;
let price: bigint;

beforeAll(async () => {
  there = await startOfficialNetwork();
  price = there.network.devnet.price;
});
afterAll(() => there[Symbol.asyncDispose]());

async function pay(
  channelId: bigint,
  calls: bigint,
  { nonce = 0n, headers = {} }: { nonce?: bigint; headers?: Record<string, string> } = {},
): Promise<GrpcAnswer> {
  const paid = await there.network.pay({ channelId, nonce, amount: price * calls, headers });
  return callDetect(daemon.endpoint, paid as Record<string, string>);
}

/** Backs the store up, lets `meanwhile` happen to it, and puts the backup into its place. */
async function goBackBefore(meanwhile: () => Promise<void>): Promise<void> {
  const config = await there.writeConfig('backup.json');
  const file = join(there.directory, 'backup.jsonl');
  await daemon.stop();
  expect(await there.run(['store', 'export', file, '-c', config])).toMatchObject({ code: 0 });
  daemon = await there.start();
  await meanwhile();
  await daemon.stop();
  const restored = await there.run(['store', 'import', file, '-c', config, '--replace']);
  expect(restored).toMatchObject({ code: 0 });
  daemon = await there.start();
}

test('behavior: clients of an older state find their way, and nobody is charged twice', async () => {
  const { network } = there;
  const [official, ahead, claimed, pending] = [
    await network.openChannel(),
    await network.openChannel(),
    await network.openChannel(),
    await network.openChannel(),
  ];
  daemon = await there.start();
  for (const channelId of [official, ahead, claimed, pending]) {
    expect(await pay(channelId, 1n)).toMatchObject({ status: 0 });
  }
  await goBackBefore(async () => {
    for (const calls of [2n, 3n]) {
      expect(await pay(official, calls)).toMatchObject({ status: 0 });
      expect(await pay(ahead, calls)).toMatchObject({ status: 0 });
    }
    const provider = there.provider(daemon);
    await provider.land(await provider.startClaim(claimed));
    await provider.startClaim(pending);
    expect(await pay(pending, 1n, { nonce: 1n })).toMatchObject({ status: 0 });
  });

  // Ahead of the top, then told of it, then on from there.
  expect(await pay(official, 4n)).toMatchObject({
    status: 16,
    message: `income ${price * 3n} does not equal to price ${price}`,
  });
  expect(await pay(official, 2n)).toMatchObject({ status: 0 });
  // A client that signs ahead leaves a gap, which nobody claims.
  const gap = { headers: { 'snet-payment-allow-gap': '1' } };
  expect(await pay(ahead, 4n, gap)).toMatchObject({ status: 0 });
  // The claim has landed: the chain's nonce wins.
  expect(await pay(claimed, 1n, { nonce: 1n })).toMatchObject({ status: 0 });
  // It has not: the restored nonce is the one to sign with.
  expect(await pay(pending, 2n, { nonce: 1n })).toMatchObject({
    status: 1000,
    message: 'incorrect payment channel nonce, latest: 0, sent: 1',
  });
  expect(await pay(pending, 2n)).toMatchObject({ status: 0 });

  const told = await there.provider(daemon).listUnclaimed();
  const books = new Map(told.map((one) => [one.channelId, [one.nonce, one.amount, one.actual]]));
  expect(books).toEqual(
    new Map([
      [official, [0n, price * 2n, price * 2n]],
      [ahead, [0n, price * 4n, price * 2n]],
      [claimed, [1n, price, price]],
      [pending, [0n, price * 2n, price * 2n]],
    ]),
  );
  await daemon.stop();
});
