import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { createPrepaidClient, prepaidHeaders } from '../harness/prepaid-client.ts';
import { goodClaims, signToken } from '../harness/sign-token.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
const publicSecret = 'test-secret-key-at-least-32-bytes-long';

let network: PaidNetwork;

beforeAll(async () => {
  // What an official configuration may have.
  network = await startPaidNetwork({ daemonConfig: { token_secret_key: publicSecret } });
});

afterAll(() => network?.stop());

test('error: GetToken answers with the fix, before anything is signed away', async () => {
  const channelId = await network.openChannel();
  const prepaid = createPrepaidClient(network);
  expect(await prepaid.refusalOf({ channelId, amount: network.devnet.price })).toBe(
    '2 prepaid calls are switched off: the provider has to set token_secret_key to a random text of at least 32 bytes, the same for all daemons of the group; until then pay by escrow',
  );
  expect((await network.getState(channelId)).amount).toBe(0n);
});

test('error: a prepaid call is refused, even with a token that the public secret has signed', async () => {
  const channelId = await network.openChannel();
  const token = signToken(goodClaims(network.devnet, channelId), { secret: publicSecret });
  expect(await network.call(detect, prepaidHeaders(channelId, token), text)).toMatchObject({
    status: 13,
    message:
      'internal error: prepaid calls are switched off by the service provider, pay by escrow',
    messages: [],
  });
});

test('behavior: the log says so, without the secret, and escrow goes on', async () => {
  const log = await readFile(network.devnet.daemon?.logFile ?? '', 'utf8');
  expect(log).toContain(
    'Prepaid calls are switched off: token_secret_key is the default of the official daemon, which is public.',
  );
  expect(log).not.toContain(publicSecret);
  const channelId = await network.openChannel();
  const headers = await network.pay({ channelId, amount: network.devnet.price });
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
});
