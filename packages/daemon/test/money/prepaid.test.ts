import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import {
  createPrepaidClient,
  type PrepaidClient,
  prepaidHeaders,
  tokenSecret,
} from '../harness/prepaid-client.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);

let network: PaidNetwork;
let price: bigint;
let prepaid: PrepaidClient;

beforeAll(async () => {
  network = await startPaidNetwork({ daemonConfig: { token_secret_key: tokenSecret } });
  price = network.devnet.price;
  prepaid = createPrepaidClient(network);
}, 60_000);

afterAll(() => network?.stop());

test('default: one signed amount, a token, and calls for it', async () => {
  const channelId = await network.openChannel();
  const bought = await prepaid.getToken({ channelId, amount: 3n * price });
  expect(bought).toMatchObject({ channelId, plannedAmount: 3n * price, usedAmount: 0n });
  const headers = prepaidHeaders(channelId, bought.token);
  for (let call = 0; call < 3; call += 1) {
    expect(await network.call(detect, headers, text)).toMatchObject({ status: 0, message: '' });
  }
  expect(await network.call(detect, headers, text)).toMatchObject({
    status: 13,
    message: `internal error: Usage Exceeded on channel Id ${channelId}`,
  });
  expect(await prepaid.getToken({ channelId, amount: 3n * price })).toMatchObject({
    plannedAmount: 3n * price,
    usedAmount: 3n * price,
  });
});
