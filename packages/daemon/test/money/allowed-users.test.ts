import { mkdtemp, rm } from 'node:fs/promises';
import type { OutgoingHttpHeaders } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateKeySigner, type Signer } from '@snetkit/contracts';
import { packClaimMessage } from '@snetkit/core';
import { deriveTestAccount } from '@snetkit/devnet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callOnce, textOf } from '../harness/call-once.ts';
import { createFreeCaller } from '../harness/free-caller.ts';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { killStartedSnetd, type StartedSnetd, startSnetd } from '../shell/start-snetd.ts';

// The texts are those of protocol/daemon.md 4.6 and of the notes of section 3.
const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
const daemonKey = deriveTestAccount(7);
const curation = 'you are not Authorized to call this service during curation process';

const names = {
  channelId: 'snet-payment-channel-id',
  nonce: 'snet-payment-channel-nonce',
  amount: 'snet-payment-channel-amount',
  mpe: 'snet-payment-mpe-address',
  signature: 'snet-payment-channel-signature-bin',
};

let network: PaidNetwork;
let directory: string;
/** A daemon without a chain. */
let closed: StartedSnetd;
let listed: Signer;
let stranger: Signer;

beforeAll(async () => {
  listed = privateKeySigner(deriveTestAccount(2).privateKey);
  stranger = privateKeySigner(deriveTestAccount(3).privateKey);
  const list = {
    allowed_user_flag: true,
    // Spelling does not matter.
    allowed_user_addresses: [listed.address.toLowerCase().slice(2)],
  };
  directory = await mkdtemp(join(tmpdir(), 'snetd-allowed-'));
  network = await startPaidNetwork({
    freeCalls: { calls: 100, signer: daemonKey.address },
    daemonConfig: { private_key_for_free_calls: daemonKey.privateKey.slice(2), ...list },
  });
  const { daemonConfig } = network.devnet;
  closed = await startSnetd({
    config: {
      ...daemonConfig,
      blockchain_enabled: false,
      daemon_endpoint: '127.0.0.1:0',
      ...list,
    },
    directory,
  });
});

afterAll(async () => {
  killStartedSnetd();
  await network?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Headers of a claim that no chain knows of. */
async function claim(signer: Signer): Promise<OutgoingHttpHeaders> {
  const fields = { mpe: network.devnet.contracts.mpe, channelId: 7n, nonce: 0n, amount: 1n };
  const signature = await signer.signMessage(packClaimMessage(fields));
  return {
    [names.channelId]: '7',
    [names.nonce]: '0',
    [names.amount]: '1',
    [names.mpe]: fields.mpe,
    [names.signature]: Buffer.from(signature).toString('base64'),
  };
}

async function callClosed(headers: OutgoingHttpHeaders): Promise<string> {
  return textOf(await callOnce(closed.endpoint, detect, headers, text));
}

test('default: without a chain, who is on the list is served, as often as he likes', async () => {
  for (let call = 0; call < 3; call += 1) {
    expect(await callClosed(await claim(listed))).toBe('0 ');
  }
  expect(await callClosed({ ...(await claim(listed)), 'snet-payment-type': 'escrow' })).toBe('0 ');
});

test('error: without a chain, a stranger', async () => {
  expect(await callClosed(await claim(stranger))).toBe(`13 internal error: ${curation}`);
});

test('error: without a chain, what is signed is not what is sent', async () => {
  const headers = { ...(await claim(listed)), [names.amount]: '2' };
  expect(await callClosed(headers)).toBe(`13 internal error: ${curation}`);
});

test.each([
  ['incorrect signature length', Buffer.alloc(64, 1)],
  ['incorrect signature data', Buffer.alloc(65, 0xff)],
])('error: without a chain, an %s', async (cause, signature) => {
  const headers = { ...(await claim(listed)), [names.signature]: signature.toString('base64') };
  expect(await callClosed(headers)).toBe(`13 internal error: ${cause}`);
});

test.each(Object.values(names))('error: without a chain, %s is missing', async (name) => {
  const headers = await claim(listed);
  delete headers[name];
  expect(await callClosed(headers)).toBe(`3 missing "${name}"`);
});

test.each(['', 'me', '0x12'])('error: without a chain, the escrow is "%s"', async (mpe) => {
  expect(await callClosed({ ...(await claim(listed)), [names.mpe]: mpe })).toBe(
    `3 Address is not a valid Hex address "${names.mpe}": ${mpe}`,
  );
});

test.each(['free-call', 'prepaid-call', 'train-call'])(
  'error: without a chain, nobody pays by %s',
  async (type) => {
    expect(await callClosed({ ...(await claim(listed)), 'snet-payment-type': type })).toBe(
      `3 unexpected "snet-payment-type", value: "${type}"`,
    );
  },
);

test('error: without a chain, there are no free calls', async () => {
  const caller = createFreeCaller(
    { devnet: network.devnet, call: (...call) => callOnce(closed.endpoint, ...call) },
    listed,
  );
  expect(textOf(await caller.askToken())).toBe(
    '2 error in generating token because blockchain is disabled, contact service provider',
  );
  expect(textOf(await caller.askAvailable(new Uint8Array()))).toBe(
    '2 error in determining free calls because blockchain is disabled, contact service provider',
  );
});

test('default: with a chain, who is on the list pays as everybody does', async () => {
  const channelId = await network.openChannel();
  const headers = await network.pay({ channelId, amount: network.devnet.price });
  expect(textOf(await network.call(detect, headers, text))).toBe('0 ');
  const caller = createFreeCaller(network, listed);
  const { token } = await caller.getToken();
  expect(textOf(await network.call(detect, await caller.pay(token), text))).toBe('0 ');
  expect(await caller.getAvailable(token)).toBe(99n);
});

test('error: with a chain, a stranger who signs a payment', async () => {
  const channelId = await network.openChannel();
  const headers = await network.pay({
    channelId,
    amount: network.devnet.price,
    signer: stranger,
  });
  expect(textOf(await network.call(detect, headers, text))).toBe(
    '16 payment signature is not valid',
  );
});

test('error: with a chain, a stranger who would call for free', async () => {
  const caller = createFreeCaller(network, stranger);
  expect(textOf(await caller.askToken())).toBe(`2 ${curation}`);
  const { token } = await createFreeCaller(network, listed).getToken();
  expect(textOf(await caller.askAvailable(token))).toBe(`2 sign is not valid: ${curation}`);
  expect(textOf(await network.call(detect, await caller.pay(token), text))).toBe(
    `16 sign is not valid: ${curation}`,
  );
});
