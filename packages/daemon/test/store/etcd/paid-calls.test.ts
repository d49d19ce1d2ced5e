import { type Etcd, startEtcd } from '@snetkit/etcd';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PaidNetwork, startPaidNetwork } from '../../harness/paid-network.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);

let etcd: Etcd;
let network: PaidNetwork;

beforeAll(async () => {
  etcd = await startEtcd();
  network = await startPaidNetwork({
    daemonConfig: {
      payment_channel_storage_type: 'etcd',
      payment_channel_storage_client: { endpoints: [...etcd.endpoints] },
      payment_channel_storage_lease: '2s',
    },
  });
});

afterAll(async () => {
  await network?.stop();
  await etcd?.stop();
});

test('default: a paid call with its payment in etcd', async () => {
  const channelId = await network.openChannel();
  const { price } = network.devnet;
  for (let n = 1n; n <= 3n; n += 1n) {
    const headers = await network.pay({ channelId, amount: n * price });
    expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
    expect((await network.getState(channelId)).amount).toBe(n * price);
  }
});
