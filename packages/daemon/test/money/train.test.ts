import type { OutgoingHttpHeaders } from 'node:http2';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type PaidNetwork, startPaidNetwork } from '../harness/paid-network.ts';
import { storeModel } from '../harness/stored-model.ts';

// The texts are those of protocol/daemon.md 4.5; README.md beside lists the ones that cannot occur.
const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);
const training = '/training.Daemon';
const unary = [`${training}/validate_model`, `${training}/train_model`];
const upload = `${training}/upload_and_validate`;
const notThere =
  '2 service end point is not defined or is invalid , please contact the AI developer';
const notFound = '13 internal error: [trainUnaryValidator] no training model found';
const validatePrice = 7n;
const trainPrice = 2n ** 40n;

let network: PaidNetwork;
let price: bigint;
let channelId: bigint;
/** Amount that the next good payment of a call must carry. */
let next: bigint;

beforeAll(async () => {
  network = await startPaidNetwork();
  price = network.devnet.price;
  channelId = await network.openChannel();
  next = price;
  await storeModel(network.devnet, { modelId: 'known', validatePrice, trainPrice });
  await storeModel(network.devnet, {
    modelId: 'unpriced',
    validatePrice: undefined,
    trainPrice: undefined,
  });
});

afterAll(() => network?.stop());

// None ends the daemon, leaves the channel unusable, or is charged.
afterEach(async () => {
  expect((await network.getState(channelId)).amount).toBe(next - price);
  const headers = await network.pay({ channelId, amount: next });
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 0, message: '' });
  next += price;
});

function priceOf(path: string): bigint {
  return path.endsWith('/train_model') ? trainPrice : validatePrice;
}

/** A good payment for training, with changes. */
async function payTraining(path: string, changes: OutgoingHttpHeaders = {}) {
  const { 'snet-payment-type': _, ...headers } = await network.pay({
    channelId,
    amount: next - price + priceOf(path),
  });
  return { ...headers, 'snet-train-model-id': 'known', ...changes };
}

async function refusalOf(path: string, headers: OutgoingHttpHeaders): Promise<string> {
  const { status, message, messages } = await network.call(path, headers);
  expect(messages).toEqual([]);
  return `${status} ${message}`;
}

test.each([...unary, upload])(
  'default: %s with a good payment: no training, no charge',
  async (path) => {
    expect(await refusalOf(path, await payTraining(path))).toBe(notThere);
    const named = await payTraining(path, { 'snet-payment-type': 'train-call' });
    expect(await refusalOf(path, named)).toBe(notThere);
  },
);

test('behavior: an upload may be paid as escrow, at the price of the model', async () => {
  const headers = await payTraining(upload, { 'snet-payment-type': 'escrow' });
  expect(await refusalOf(upload, headers)).toBe(notThere);
});

test('behavior: train-call pays a call of the service as escrow does', async () => {
  const headers = await network.pay({
    channelId,
    amount: next,
    headers: { 'snet-payment-type': 'train-call', 'snet-train-model-id': 'unknown' },
  });
  expect(await network.call(detect, headers, text)).toMatchObject({ status: 0 });
  next += price;
});

test.each([...unary, upload])('error: %s of a model that is not there', async (path) => {
  for (const id of ['unknown', 'unpriced', '', '../known', 'x'.repeat(5_000)]) {
    expect(await refusalOf(path, await payTraining(path, { 'snet-train-model-id': id }))).toBe(
      notFound,
    );
  }
  const { 'snet-train-model-id': _, ...headers } = await payTraining(path);
  expect(await refusalOf(path, headers)).toBe(notFound);
});

const names = [
  'snet-payment-channel-id',
  'snet-payment-channel-nonce',
  'snet-payment-channel-amount',
  'snet-payment-channel-signature-bin',
];

test.each([...unary, upload])('error: %s without a payment, or with half of one', async (path) => {
  expect(await refusalOf(path, {})).toBe(`3 missing "${names[0]}"`);
  for (const name of names) {
    const headers: OutgoingHttpHeaders = await payTraining(path);
    delete headers[name];
    expect(await refusalOf(path, headers)).toBe(`3 missing "${name}"`);
  }
});

test.each(unary)('error: %s paid in another way', async (path) => {
  for (const type of ['escrow', 'free-call', 'prepaid-call', 'x']) {
    expect(await refusalOf(path, await payTraining(path, { 'snet-payment-type': type }))).toBe(
      `3 unexpected "snet-payment-type", value: "${type}"`,
    );
  }
});

test('error: an upload that wants to be free or prepaid', async () => {
  for (const type of ['free-call', 'prepaid-call', 'x']) {
    expect(await refusalOf(upload, await payTraining(upload, { 'snet-payment-type': type }))).toBe(
      `3 unexpected "snet-payment-type", value: "${type}"`,
    );
  }
});

test.each([...unary, upload])('error: %s with a payment that does not fit', async (path) => {
  const model = { 'snet-train-model-id': 'known' };
  const type = { 'snet-payment-type': 'train-call' };
  const pay = (parts: { amount: bigint; nonce?: bigint }) =>
    network.pay({ channelId, ...parts, headers: { ...model, ...type } });
  const top = next - price;
  const wanted = priceOf(path);
  expect(await refusalOf(path, await pay({ amount: top + wanted - 1n }))).toBe(
    `16 income ${wanted - 1n} does not equal to price ${wanted}`,
  );
  expect(await refusalOf(path, await pay({ amount: top + wanted, nonce: 1n }))).toBe(
    '1000 incorrect payment channel nonce, latest: 0, sent: 1',
  );
  const signed = await pay({ amount: top + wanted });
  expect(
    await refusalOf(path, { ...signed, 'snet-payment-channel-amount': `${top + wanted + 1n}` }),
  ).toBe('16 payment is not signed by channel signer/sender');
});

test('error: the methods that cost nothing say that there is no training', async () => {
  for (const method of ['create_model', 'validate_model_price', 'get_training_metadata']) {
    expect(await refusalOf(`${training}/${method}`, {})).toBe(notThere);
  }
});
