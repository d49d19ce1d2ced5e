import { findFreePort } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectRaw } from '../harness/grpc-call.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { readCounters, sumOf } from '../harness/read-counters.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
const calls = 1_000;

let network: PaidNetwork;
let metricsUrl: string;

beforeAll(async () => {
  const port = await findFreePort();
  metricsUrl = `http://127.0.0.1:${port}/metrics`;
  network = await startPaidNetwork({
    // One look at the chain for the whole test, at most: what calls would add stands out.
    daemonConfig: { metrics_endpoint: `127.0.0.1:${port}`, block_poll_interval: '10s' },
  });
});

afterAll(() => network?.stop());

test(`behavior: ${calls} paid calls on one channel ask nobody, write once each and recover one signer each`, async () => {
  const { price, endpoint } = network.devnet;
  const channelId = await network.openChannel({ calls: BigInt(calls) + 10n });
  const raw = await connectRaw(endpoint);
  let amount = 0n;
  async function pay(): Promise<void> {
    amount += price;
    const headers = await network.pay({ channelId, amount });
    expect(await raw.call(detect, headers, text)).toMatchObject({ status: 0 });
  }

  await pay(); // meets the channel: one read of the chain, one of the store
  const before = await readCounters(metricsUrl);
  for (let index = 0; index < calls; index += 1) await pay();
  const after = await readCounters(metricsUrl);
  await raw.close();

  const grew = (name: string) => sumOf(after, name) - sumOf(before, name);
  expect(grew('snetd_calls_total')).toBe(calls);
  expect(grew('snetd_signature_recoveries_total')).toBe(calls);
  expect(grew('snetd_call_commits_total')).toBeLessThanOrEqual(calls);
  expect(grew('snetd_other_writes_total')).toBe(0);
  expect(grew('snetd_store_reads_total')).toBe(0);
  // The clock goes on by itself, and nothing else does: far fewer than one for a hundred calls.
  expect(grew('snetd_chain_requests_total')).toBeLessThanOrEqual(calls / 100);
  expect((await network.getState(channelId)).amount).toBe(amount);
});
