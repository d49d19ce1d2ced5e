import { privateKeySigner } from '@snetkit/contracts';
import { deriveTestAccount, findFreePort } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFreeCaller } from '../harness/free-caller.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { createPrepaidClient, prepaidHeaders, tokenSecret } from '../harness/prepaid-client.ts';
import { readCounters } from '../harness/read-counters.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
const limited = { status: 8, message: 'rate limiting , too many requests to handle' };
const daemonKey = deriveTestAccount(7);

let network: PaidNetwork;
let metricsUrl: string;

beforeAll(async () => {
  const port = await findFreePort();
  metricsUrl = `http://127.0.0.1:${port}/metrics`;
  network = await startPaidNetwork({
    freeCalls: { calls: 100, signer: daemonKey.address },
    daemonConfig: {
      private_key_for_free_calls: daemonKey.privateKey.slice(2),
      min_balance_for_free_call: 0,
      token_secret_key: tokenSecret,
      metrics_endpoint: `127.0.0.1:${port}`,
      payer_rate_limit_per_minute: 0.001,
      payer_burst_size: 3,
    },
  });
});

afterAll(() => network?.stop());

test('behavior: a payer is one payer, however he pays; what is refused is counted nowhere', async () => {
  const { devnet, client, call, openChannel, pay } = network;
  const { price } = devnet;
  const prepaid = createPrepaidClient(network);
  const caller = createFreeCaller({ devnet, call }, client);
  const { token: freeToken } = await caller.getToken();
  const channelId = await openChannel();
  const bought = await prepaid.getToken({ channelId, amount: 10n * price });
  const ways = {
    prepaid: prepaidHeaders(channelId, bought.token),
    free: await caller.pay(freeToken),
    escrow: await pay({ channelId, amount: 11n * price }),
  };
  for (const headers of Object.values(ways)) {
    expect(await call(detect, headers, text)).toMatchObject({ status: 0 });
  }
  const escrow = await pay({ channelId, amount: 12n * price });
  for (const headers of Object.values({ ...ways, escrow })) {
    expect(await call(detect, headers, text)).toMatchObject(limited);
  }
  expect(await caller.getAvailable(freeToken)).toBe(99n);
  expect(await prepaid.getToken({ channelId, amount: 11n * price })).toMatchObject({
    usedAmount: price,
  });
  expect((await network.getState(channelId)).amount).toBe(11n * price);
  expect((await readCounters(metricsUrl)).get('snetd_limited_total{limit="payer"}')).toBe(3);

  // Whoever else there is has a limit of his own.
  const { token } = await createFreeCaller({ devnet, call }, other()).getToken();
  const headers = await createFreeCaller({ devnet, call }, other()).pay(token);
  expect(await call(detect, headers, text)).toMatchObject({ status: 0 });
}, 120_000);

function other() {
  return privateKeySigner(deriveTestAccount(9).privateKey);
}
