import { join } from 'node:path';
import { type Daemon, findFreePort, startDaemon } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectRaw } from '../harness/grpc-call.ts';
import { type PaidNetwork, snetd, startPaidNetwork } from '../harness/paid-network.ts';
import {
  createPrepaidClient,
  type PrepaidClient,
  prepaidHeaders,
  tokenSecret,
} from '../harness/prepaid-client.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);

let network: PaidNetwork;
let second: Daemon;
let prepaid: PrepaidClient;

beforeAll(async () => {
  network = await startPaidNetwork({ daemonConfig: { token_secret_key: tokenSecret } });
  prepaid = createPrepaidClient(network);
  const { daemonConfig, directory } = network.devnet;
  // The same store, another port.
  second = await startDaemon({
    command: snetd,
    config: { ...daemonConfig, daemon_endpoint: `127.0.0.1:${await findFreePort()}` },
    directory: join(directory, 'second'),
  });
}, 90_000);

afterAll(async () => {
  await second?.stop();
  await network?.stop();
});

test('behavior: two replicas serve one token as often as is planned, and no more', {
  timeout: 60_000,
}, async () => {
  const planned = 300;
  const amount = BigInt(planned) * network.devnet.price;
  const channelId = await network.openChannel();
  const { token } = await prepaid.getToken({ channelId, amount });
  const headers = prepaidHeaders(channelId, token);
  const raws = await Promise.all(
    [network.devnet.endpoint, second.endpoint].map((endpoint) => connectRaw(endpoint)),
  );
  const calls = raws.flatMap((raw) =>
    Array.from({ length: 250 }, () => raw.call(detect, headers, text)),
  );
  const answers = await Promise.all(calls);
  await Promise.all(raws.map((raw) => raw.close()));
  const refused = answers.filter(({ status }) => status !== 0);
  expect(refused).toHaveLength(500 - planned);
  for (const { status, message, messages } of refused) {
    expect(`${status} ${message}`).toBe(
      `13 internal error: Usage Exceeded on channel Id ${channelId}`,
    );
    expect(messages).toEqual([]);
  }
  expect(await prepaid.getToken({ channelId, amount })).toMatchObject({
    plannedAmount: amount,
    usedAmount: amount,
  });
});
