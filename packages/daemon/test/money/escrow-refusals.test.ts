import type { OutgoingHttpHeaders } from 'node:http2';
import { privateKeySigner } from '@snetkit/contracts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';

// The texts are those of protocol/daemon.md 4.1; README.md beside lists the ones that cannot occur.
const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);

let network: PaidNetwork;
let price: bigint;
let channelId: bigint;
/** Amount that the next good payment on the channel must carry. */
let next: bigint;

beforeAll(async () => {
  network = await startPaidNetwork();
  price = network.devnet.price;
  channelId = await network.openChannel({ calls: 1_000n });
  next = price;
});

afterAll(() => network?.stop());

// None leaves the channel unusable, and none is charged.
afterEach(async () => {
  const headers = await network.pay({ channelId, amount: next });
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 0, message: '' });
  next += price;
  expect((await network.getState(channelId)).amount).toBe(next - price);
});

async function refusalOf(headers: OutgoingHttpHeaders): Promise<string> {
  const answer = await network.call(detect, headers, text);
  expect(answer.messages).toEqual([]);
  return `${answer.status} ${answer.message}`;
}

async function good(): Promise<OutgoingHttpHeaders> {
  return network.pay({ channelId, amount: next });
}

const names = [
  'snet-payment-channel-id',
  'snet-payment-channel-nonce',
  'snet-payment-channel-amount',
  'snet-payment-channel-signature-bin',
];

test.each(names)('error: %s is missing', async (name) => {
  const headers = await good();
  delete headers[name];
  expect(await refusalOf(headers)).toBe(`3 missing "${name}"`);
});

test.each(names.slice(0, 3))('error: %s is no number', async (name) => {
  for (const value of ['', '0x2a', '-1', '1.5', 'many', `${2n ** 256n}`]) {
    expect(await refusalOf({ ...(await good()), [name]: value })).toBe(
      `3 incorrect format "${name}": "${value}"`,
    );
  }
});

test.each(names.slice(0, 3))('error: %s is given twice', async (name) => {
  const headers = { ...(await good()), [name]: ['1', '2'] };
  expect(await refusalOf(headers)).toBe(`3 too many values for key "${name}": [1 2]`);
});

test('error: the payment type is unknown', async () => {
  const headers = { ...(await good()), 'snet-payment-type': 'cash' };
  expect(await refusalOf(headers)).toBe('3 unexpected "snet-payment-type", value: "cash"');
});

test('error: the channel was never opened', async () => {
  const headers = await network.pay({ channelId: 4_711n, amount: price });
  expect(await refusalOf(headers)).toBe('16 payment channel "{ID: 4711}" not found');
});

test('error: the nonce is another one', async () => {
  const headers = await network.pay({ channelId, amount: next, nonce: 1n });
  expect(await refusalOf(headers)).toBe('1000 incorrect payment channel nonce, latest: 0, sent: 1');
});

test('error: the signature is no signature', async () => {
  const name = 'snet-payment-channel-signature-bin';
  for (const bytes of [0, 64, 66]) {
    const value = Buffer.alloc(bytes, 1).toString('base64').replace(/=+$/, '');
    if (value === '') continue;
    expect(await refusalOf({ ...(await good()), [name]: value })).toBe(
      '16 payment signature is not valid',
    );
  }
  const unrecoverable = Buffer.alloc(65, 0xff).toString('base64').replace(/=+$/, '');
  expect(await refusalOf({ ...(await good()), [name]: unrecoverable })).toBe(
    '16 payment signature is not valid',
  );
});

test('error: somebody else signed', async () => {
  const signer = privateKeySigner(network.devnet.accounts.secondClient.privateKey);
  const headers = await network.pay({ channelId, amount: next, signer });
  expect(await refusalOf(headers)).toBe('16 payment is not signed by channel signer/sender');
});

test('error: what is signed is not what is sent', async () => {
  const headers = { ...(await good()), 'snet-payment-channel-amount': `${next + 1n}` };
  expect(await refusalOf(headers)).toBe('16 payment is not signed by channel signer/sender');
});

test('error: the channel is near its end', async () => {
  const ending = await network.openChannel({ lifetime: 50n });
  const headers = await network.pay({ channelId: ending, amount: price });
  expect(await refusalOf(headers)).toMatch(
    /^16 payment channel is near to be expired, expiration time: [0-9]+, current block: [0-9]+, expiration threshold: 100$/,
  );
});

test('error: the channel does not hold so much', async () => {
  const small = await network.openChannel({ calls: 1n });
  const headers = await network.pay({ channelId: small, amount: price * 2n });
  expect(await refusalOf(headers)).toBe(
    `16 not enough tokens on payment channel, channel amount: ${price}, payment amount: ${price * 2n}`,
  );
});

test('error: the income is not the price', async () => {
  const wrong = [
    [next - 1n, price - 1n],
    [next + 1n, price + 1n],
    [next - price - 1n, -1n],
  ] as const;
  for (const [amount, income] of wrong) {
    const headers = await network.pay({ channelId, amount });
    expect(await refusalOf(headers)).toBe(`16 income ${income} does not equal to price ${price}`);
  }
});

test('error: the channel pays somebody else', async () => {
  const recipient = network.devnet.accounts.secondClient.address;
  const other = await network.openChannel({ recipient });
  expect(await refusalOf(await network.pay({ channelId: other, amount: price }))).toBe(
    '13 payment channel error: recipient Address from org metadata does not Match on what was retrieved from Channel',
  );
});

test('error: the channel belongs to another group', async () => {
  const other = await network.openChannel({ groupId: `0x${'07'.repeat(32)}` });
  const own = Buffer.from(network.devnet.groupId, 'base64');
  expect(await refusalOf(await network.pay({ channelId: other, amount: price }))).toBe(
    '13 payment channel error: channel received belongs to another group of replicas, ' +
      `current group: [${[...own].join(' ')}], channel group: [${Array(32).fill(7).join(' ')}]`,
  );
});

test('error: two calls with one payment at once', async () => {
  const headers = await good();
  const slow = '/text.v1.TextService/Slow';
  const body = Buffer.from([0x0a, 2, 0x68, 0x69, 0x10, 0xc8, 0x01]);
  const answers = await Promise.all([
    network.call(slow, headers, body),
    network.call(slow, headers, body),
  ]);
  expect(answers.map(({ status, message }) => `${status} ${message}`).sort()).toEqual([
    '0 ',
    `9 another transaction on channel: {ID: ${channelId}} is in progress`,
  ]);
  next += price;
});

test('error: a payment that was served is sent again', async () => {
  // Its owner lives and has not settled it yet: nobody else is served for it.
  const headers = await network.pay({ channelId, amount: next - price });
  expect(await refusalOf(headers)).toBe(
    `9 another transaction on channel: {ID: ${channelId}} is in progress`,
  );
});

test('behavior: v as 0 and 1, or 27 and 28', async () => {
  const name = 'snet-payment-channel-signature-bin';
  const headers = await good();
  const signature = Buffer.from(String(headers[name]), 'base64');
  signature[64] = (signature[64] ?? 0) - 27;
  const answer = await network.call(
    detect,
    { ...headers, [name]: signature.toString('base64').replace(/=+$/, '') },
    text,
  );
  expect(answer).toMatchObject({ status: 0 });
  next += price;
});

test('behavior: a failure of the service is its own status, and nothing is charged', async () => {
  const fail = '/text.v1.TextService/Fail';
  // FailRequest { fault: { code: 5, message: "no such text" } }
  const body = Buffer.from([0x0a, 16, 0x08, 5, 0x12, 12, ...Buffer.from('no such text')]);
  expect(await network.call(fail, await good(), body)).toMatchObject({
    status: 5,
    message: 'no such text',
  });
  expect((await network.getState(channelId)).amount).toBe(next - price);
});
