import { Status } from '@snetkit/protos/training';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type OfficialDaemon,
  startOfficialDaemon,
} from '../../../payments/test/official/start-official-daemon.ts';
import { catchError } from '../../test/catch-error.ts';
import { mine } from '../../test/mine.ts';
import { startNetwork, type TestNetwork } from '../../test/start-network.ts';
import type { SnetEngine } from '../engine/snet-engine.ts';
import type { CallReceipt } from '../receipts/call-receipt.ts';
import { verifyReceipt } from '../receipts/verify-receipt.ts';
import type { ServiceClient } from '../services/service-client.ts';
import type { Training } from './training.ts';

const ids = { organizationId: 'local', serviceId: 'text' };
let network: TestNetwork;
let official: OfficialDaemon;
let engine: SnetEngine;
let service: ServiceClient;
let training: Training;
/** Of another account. */
let others: Training;

beforeAll(async () => {
  network = await startNetwork();
  official = await startOfficialDaemon(network.devnet, { trainsModels: true });
  const { endpoint } = official;
  engine = network.createEngine({ funding: { callsAhead: 100n } });
  service = await engine.createServiceClient({ ...ids, endpoint, signedReceipts: true });
  training = service.training;
  const second = network.createEngine({ as: 'secondClient' });
  others = (await second.createServiceClient({ ...ids, endpoint })).training;
});

beforeEach(() => {
  Object.assign(official.training.terms, { validatePrice: 7n, trainPrice: 11n });
});

afterAll(async () => {
  await network?.[Symbol.asyncDispose]();
  await official?.[Symbol.asyncDispose]();
});

function authorized(): bigint {
  return official.ledger.get(0n).authorized;
}

test('default: a model is made, its data sent, and it is trained; both are paid what was agreed', async () => {
  const model = await training.createModel({ method: 'Detect', name: 'dialects' });
  const { client } = network.devnet.accounts;
  expect(model).toEqual({
    modelId: 'model_1',
    status: 'CREATED',
    name: 'dialects',
    description: '',
    serviceName: 'TextService',
    methodName: 'Detect',
    addressesWithAccess: [client.address.toLowerCase()],
    isPublic: false,
    trainingDataLink: '',
    createdBy: client.address.toLowerCase(),
    updatedBy: client.address.toLowerCase(),
    createdDate: '21-11-2026',
    updatedDate: '21-11-2026',
  });
  const price = await training.validatePrice(model.modelId);
  expect(price).toBe(7n);
  const data = crypto.getRandomValues(new Uint8Array(60_000));
  const dataset = new Blob(Array.from({ length: 40 }, () => data));
  const receipts: CallReceipt[] = [];
  const onReceipt = (receipt: CallReceipt) => receipts.push(receipt);
  expect(await training.uploadAndValidate(model.modelId, dataset, { price, onReceipt })).toBe(
    'VALIDATING',
  );
  const kept = official.training.models.get(model.modelId)?.data ?? [];
  expect(kept.map(({ length }) => length)).toEqual([2 ** 20, 2 ** 20, 2_400_000 - 2 * 2 ** 20]);
  expect(Buffer.concat(kept).equals(Buffer.from(await dataset.arrayBuffer()))).toBe(true);
  expect(await training.trainPrice(model.modelId)).toBe(11n);
  expect(await training.train(model.modelId, { price: 11n, onReceipt })).toBe('TRAINING');
  expect(authorized()).toBe(18n);
  expect(receipts).toMatchObject([
    { charged: 'yes', payment: { type: 'train-call', price: 7n, amount: 7n } },
    { charged: 'yes', payment: { type: 'train-call', price: 11n, amount: 18n } },
  ]);
  const [receipt] = receipts;
  expect(receipt && verifyReceipt(receipt)).toBe(client.address);
  // Calls go on where training has left the channel.
  await service.call('Detect', { text: 'Guten Morgen' });
  expect(authorized()).toBe(18n + network.devnet.price);
});

test('behavior: data behind a link', async () => {
  const { modelId } = await training.createModel({ method: 'TextService/Detect', name: 'linked' });
  const trainingDataLink = 'https://example.com/data.zip';
  const before = authorized();
  const price = await training.validatePrice(modelId, { trainingDataLink });
  expect(await training.validate(modelId, { price, trainingDataLink })).toBe('VALIDATING');
  expect(authorized() - before).toBe(7n);
  expect((await training.getModel(modelId)).trainingDataLink).toBe(trainingDataLink);
});

test('behavior: what the service trains, and on what', async () => {
  expect(await training.getMetadata()).toEqual({
    isEnabled: true,
    methods: [{ serviceName: 'TextService', methodNames: ['Detect'] }],
  });
  const limits = { datasetMaxSizeMb: 3n, datasetFilesType: 'txt', datasetType: 'zip' };
  expect(await training.getMethodMetadata({ method: 'Detect' })).toMatchObject(limits);
  const { modelId } = await training.createModel({ method: 'Detect', name: 'limits' });
  expect(await training.getMethodMetadata({ modelId })).toMatchObject(limits);
});

test('behavior: models are listed, changed and deleted', async () => {
  const { secondClient } = network.devnet.accounts;
  const { modelId } = await training.createModel({
    method: 'Detect',
    name: 'Shared',
    description: 'a',
    addressesWithAccess: [secondClient.address],
  });
  expect((await others.getModel(modelId)).name).toBe('Shared');
  const changed = await training.updateModel(modelId, { description: 'b' });
  expect(changed).toMatchObject({ name: 'Shared', description: 'b' });
  expect(changed.addressesWithAccess).toContain(secondClient.address);
  await training.updateModel(modelId, { addressesWithAccess: [] });
  expect((await catchError(() => others.getModel(modelId))).code).toBe('MODEL_ACCESS_DENIED');

  expect(await training.deleteModel(modelId)).toBe('DELETED');
  const deleted = await training.getAllModels({ statuses: ['DELETED'], name: 'shared' });
  expect(deleted.map((model) => model.modelId)).toEqual([modelId]);
  const all = await training.getAllModels();
  const page = await training.getAllModels({ pageSize: 1, page: 1, isPublic: false });
  expect(page).toEqual([all[1]]);
  expect(await others.getAllModels({ methodName: 'Detect' })).toEqual([]);
});

test('behavior: one signature is enough for questions, also when many blocks have passed', async () => {
  const { modelId } = await training.createModel({ method: 'Detect', name: 'fresh' });
  await mine(network.devnet.rpcUrl, 100n);
  const { messages } = official.training;
  const from = messages.length;
  await training.getModel(modelId);
  await training.trainPrice(modelId);
  // Too old for what is asked once, and for everything.
  await training.deleteModel(modelId);
  await mine(network.devnet.rpcUrl, 1_000n);
  await training.getModel(modelId);
  expect(messages.slice(from)).toEqual([
    'unified',
    'unified',
    'delete_model',
    'delete_model',
    'unified',
    'unified',
  ]);
});

test('error: a price that has changed meanwhile: nothing is paid, and nothing is asked twice', async () => {
  const { modelId } = await training.createModel({ method: 'Detect', name: 'dearer' });
  const price = await training.trainPrice(modelId);
  official.training.terms.trainPrice = 12n;
  await others.getMetadata();
  await training.trainPrice(modelId);
  const before = authorized();
  const error = await catchError(() => training.train(modelId, { price }));
  expect(error.message).toBe(
    [
      'The model costs another price.',
      `Place: /training.Daemon/train_model at ${official.endpoint}`,
      'Expected: 0.000000000000000011 FET',
      'Found: 0.000000000000000012 FET',
      'Fix: Ask for the price again, and decide anew.',
    ].join('\n'),
  );
  expect(authorized()).toBe(before);
  expect(await training.train(modelId, { price: 12n })).toBe('TRAINING');
});

test('error: a model that is not there, one of somebody else', async () => {
  const { modelId } = await training.createModel({ method: 'Detect', name: 'private' });
  const missing = await catchError(() => training.getModel('model_99'));
  expect(missing.message).toBe(
    [
      'The service has no such model, or no price for it.',
      `Place: model "model_99", /training.Daemon/get_model at ${official.endpoint}`,
      "Found: UNKNOWN (2): daemon storage error: error in getting data from model storage: model data doesn't exist for modelID: model_99",
    ].join('\n'),
  );
  for (const ask of [
    () => training.trainPrice('model_99'),
    () => training.getMethodMetadata({ modelId: 'model_99' }),
    () => training.train('model_99', { price: 1n }),
    // Nobody has asked for its price.
    () => training.train(modelId, { price: 1n }),
  ]) {
    expect((await catchError(ask)).code).toBe('MODEL_UNKNOWN');
  }
  for (const ask of [
    () => others.getModel(modelId),
    () => others.updateModel(modelId, { name: 'mine', addressesWithAccess: [] }),
    () => others.deleteModel(modelId),
    () => others.trainPrice(modelId),
  ]) {
    expect((await catchError(ask)).code).toBe('MODEL_ACCESS_DENIED');
  }
});

test('error: a dataset that does not fit is not sent', async () => {
  const { modelId } = await training.createModel({ method: 'Detect', name: 'large' });
  const upload = (size: number) =>
    catchError(() => training.uploadAndValidate(modelId, new Uint8Array(size), { price: 7n }));
  expect((await upload(3 * 2 ** 20 + 1)).message).toBe(
    [
      'The dataset is larger than the service takes.',
      `Place: dataset.zip, for model "${modelId}"`,
      'Expected: at most 3 MiB',
      'Found: 3145729 bytes',
      'Fix: Leave some of its files out.',
    ].join('\n'),
  );
  expect((await upload(0)).message).toMatch(/^The dataset is empty\.\n/);
  expect(official.training.models.get(modelId)?.status).toBe(Status.CREATED);
});

test('error: a limit of the client holds for training, too', async () => {
  const { endpoint } = official;
  const limited = await engine.createServiceClient({ ...ids, endpoint, maxSpend: 10n });
  const { modelId } = await training.createModel({ method: 'Detect', name: 'dear' });
  const price = await limited.training.trainPrice(modelId);
  const error = await catchError(() => limited.training.train(modelId, { price }));
  expect(error.code).toBe('SPENDING_ABOVE_LIMIT');
});

test('error: names and addresses that are none', async () => {
  const make = (changes: object) =>
    catchError(() => training.createModel({ method: 'Detect', name: 'a', ...changes }));
  expect((await make({ method: 'Detekt' })).code).toBe('PROTO_METHOD_UNKNOWN');
  expect((await make({ addressesWithAccess: ['0x12'] })).message).toMatch(
    /Place: addressesWithAccess/,
  );
});

test('error: a client that is closed', async () => {
  const closing = await engine.createServiceClient({ ...ids, endpoint: official.endpoint });
  await closing.close();
  expect((await catchError(() => closing.training.getMetadata())).code).toBe('CLIENT_CLOSED');
});

// Our daemon has the payment side of training so far.
test('behavior: our daemon says that it trains nothing', async () => {
  const own = await engine.createServiceClient(ids);
  for (const ask of [
    () => own.training.getMetadata(),
    () => own.training.createModel({ method: 'Detect', name: 'a' }),
    () => own.training.getAllModels(),
  ]) {
    expect((await catchError(ask)).code).toBe('TRAINING_NOT_OFFERED');
  }
});

test('behavior: our daemon takes the payment apart from a model that it does not have', async () => {
  const own = await network.createEngine({ as: 'secondClient' }).createServiceClient(ids);
  const receipts: CallReceipt[] = [];
  const paid = { price: 5n, onReceipt: (one: CallReceipt) => receipts.push(one) };
  const link = { ...paid, trainingDataLink: 'https://example.com' };
  expect((await catchError(() => own.training.train('none', paid))).code).toBe('MODEL_UNKNOWN');
  expect((await catchError(() => own.training.validate('none', link))).code).toBe('MODEL_UNKNOWN');
  expect(receipts).toMatchObject([
    { charged: 'no', payment: { type: 'train-call', price: 5n } },
    { charged: 'no', payment: { type: 'train-call', price: 5n } },
  ]);
});
