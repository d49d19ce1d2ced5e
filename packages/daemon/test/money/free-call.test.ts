import { deriveTestAccount } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFreeCaller, type FreeCaller } from '../harness/free-caller.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
const daemonKey = deriveTestAccount(7);

let network: PaidNetwork;
let caller: FreeCaller;

beforeAll(async () => {
  network = await startPaidNetwork({
    freeCalls: { calls: 10, signer: daemonKey.address },
    daemonConfig: { private_key_for_free_calls: daemonKey.privateKey.slice(2) },
  });
  caller = createFreeCaller(network, network.client);
});

afterAll(() => network?.stop());

test('default: a token, a call, one call less', async () => {
  const { token } = await caller.getToken();
  expect(await caller.getAvailable(token)).toBe(10n);
  expect(await network.call(detect, await caller.pay(token), text)).toMatchObject({
    status: 0,
    message: '',
  });
  expect(await caller.getAvailable(token)).toBe(9n);
});
