import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectRaw } from '../harness/grpc-call.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import {
  createPrepaidClient,
  type PrepaidClient,
  prepaidHeaders,
  tokenSecret,
} from '../harness/prepaid-client.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
const points = 4;
const atOnce = 16;

let network: PaidNetwork;
let prepaid: PrepaidClient;

beforeAll(async () => {
  network = await startPaidNetwork({ daemonConfig: { token_secret_key: tokenSecret } });
  prepaid = createPrepaidClient(network);
}, 60_000);

afterAll(() => network?.stop());

/** Makes calls at once, kills the daemon when so many are served, and tells how many were in the end. */
async function callUntilKilled(headers: object, killAfter: number): Promise<number> {
  const { daemon, endpoint } = network.devnet;
  if (daemon === undefined) throw new Error('no daemon');
  const raw = await connectRaw(endpoint);
  let served = 0;
  const calls = Array.from({ length: atOnce }, async () => {
    const { status } = await raw.call(detect, { ...headers }, text);
    if (status === 0) served += 1;
    if (served >= killAfter) daemon.kill('SIGKILL');
  });
  if (killAfter === 0) daemon.kill('SIGKILL');
  await Promise.all(calls);
  await daemon.exited;
  await daemon.restart();
  return served;
}

test(`behavior: kill -9 at ${points} points loses no count, and the token stays good`, {
  timeout: 120_000,
}, async () => {
  const { price } = network.devnet;
  const channelId = await network.openChannel({ calls: 1_000n });
  const amount = BigInt(points * atOnce + 1) * price;
  const { token } = await prepaid.getToken({ channelId, amount });
  const headers = prepaidHeaders(channelId, token);
  let used = 0n;
  for (let point = 0; point < points; point += 1) {
    const served = await callUntilKilled(headers, (point * 5) % atOnce);
    const { usedAmount, plannedAmount } = await prepaid.getToken({ channelId, amount });
    expect(plannedAmount).toBe(amount);
    const counted = Number((usedAmount - used) / price);
    // Served is counted; counted beyond that are at most the calls that were being handed over.
    expect(counted).toBeGreaterThanOrEqual(served);
    expect(counted).toBeLessThanOrEqual(atOnce);
    used = usedAmount;
  }
  // What is left is served to the last cog, and not beyond.
  for (; used < amount; used += price) {
    expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
  }
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 13 });
});
