import { packClaimMessage, recoverSigner } from '@snetkit/core';
import { EntryView_State } from '@snetkit/protos/state';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectRaw } from '../harness/grpc-call.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { Scheduler } from '../simulation/scheduler.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
const points = 20;

let network: PaidNetwork;
let channelId: bigint;

beforeAll(async () => {
  network = await startPaidNetwork();
  channelId = await network.openChannel({ calls: 10_000n });
});

afterAll(() => network?.stop());

test(`behavior: kill -9 at ${points} seeded points loses no charge and charges nothing twice`, {
  // Twenty starts of a process, on however slow a machine.
  timeout: 300_000,
}, async () => {
  const { price, daemon, contracts } = network.devnet;
  if (daemon === undefined) throw new Error('no daemon');
  const seed = new Scheduler({ seed: 20_261 });
  let charged = 0n;
  for (let point = 0; point < points; point += 1) {
    const calls = 1 + Math.floor(seed.random() * 6);
    const isMidCall = seed.chance(0.7);
    charged = await callUntilKilled(charged, calls, isMidCall);
    await daemon.restart();

    const { amount, nonce, signature, reply } = await network.getState(channelId);
    expect(nonce).toBe(0n);
    // The call that was running may have been charged just before the end: then it is listed, and the
    // same payment is honoured once more without a new charge.
    const listed = reply.entries.filter(({ state }) => state === EntryView_State.RETRY);
    if (amount === charged + price) {
      expect(listed.length).toBeGreaterThan(0);
      const again = await network.pay({ channelId, amount });
      expect(await network.call(detect, again, text)).toMatchObject({ status: 0 });
      charged = amount;
    }
    const after = await network.getState(channelId);
    expect(after.amount).toBe(charged);
    const { mpe } = contracts;
    const message = packClaimMessage({ mpe, channelId, nonce, amount: after.amount });
    expect(recoverSigner({ message, signature: after.signature })).toBe(network.client.address);
    expect(signature.length).toBe(65);
  }
  const next = await network.pay({ channelId, amount: charged + price });
  expect(await network.call(detect, next, text)).toMatchObject({ status: 0 });
});

/** Makes some calls, then kills the daemon, perhaps in the middle of one more; returns what was served. */
async function callUntilKilled(from: bigint, calls: number, isMidCall: boolean): Promise<bigint> {
  const { price, daemon, endpoint } = network.devnet;
  const raw = await connectRaw(endpoint);
  let charged = from;
  for (let index = 0; index < calls; index += 1) {
    const headers = await network.pay({ channelId, amount: charged + price });
    const answer = await raw.call(detect, headers, text);
    expect(answer).toMatchObject({ status: 0 });
    charged += price;
  }
  if (daemon === undefined) throw new Error('no daemon');
  if (!isMidCall) {
    daemon.kill('SIGKILL');
    await daemon.exited;
    return charged;
  }
  const headers = await network.pay({ channelId, amount: charged + price });
  const running = raw.call(detect, headers, text);
  // Some turns of the event loop: before the request is out, during the call, or after it.
  for (let turn = 0; turn < (calls * 7) % 23; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  daemon.kill('SIGKILL');
  await daemon.exited;
  const answer = await running;
  return answer.status === 0 ? charged + price : charged;
}
