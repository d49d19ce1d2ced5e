import { beforeEach, expect, test } from 'vitest';
import { PaymentRefusal } from '../call/payment-refusal.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';
import { encodeModel } from './model-codec.ts';
import { modelKey } from './model-key.ts';
import { createModelPrices, type ModelPrices } from './model-prices.ts';
import { type PaidTrainingMethod, paidTrainingMethods } from './paid-methods.ts';
import type { TrainingModel } from './training-model.ts';

const methods = [...paidTrainingMethods.values()] as [
  PaidTrainingMethod,
  PaidTrainingMethod,
  PaidTrainingMethod,
];
const [validate, train, upload] = methods;
const model: TrainingModel = {
  modelId: 'test_1',
  serviceId: 'service',
  grpcServiceName: 'example.Calculator',
  grpcMethodName: 'train_add',
  name: '',
  description: '',
  isPublic: false,
  status: 0,
  authorizedAddresses: [],
  createdBy: '',
  updatedBy: '',
  trainingDataLink: '',
  validatePrice: 3n,
  trainPrice: 2n ** 65n,
  createdDate: '',
  updatedDate: '',
};

let store: Store;
let prices: ModelPrices;

beforeEach(async () => {
  store = createMemoryStore('test');
  prices = createModelPrices({ store, serviceId: 'service' });
  await put(model);
});

async function put(value: TrainingModel | Uint8Array, key = modelKey(model)): Promise<void> {
  const bytes = value instanceof Uint8Array ? value : encodeModel(value);
  await store.commit([{ checks: [], writes: [{ key, value: bytes }] }]);
}

async function refusalOf(method: PaidTrainingMethod, modelId: string | undefined) {
  const refusal = await prices.getPrice(method, modelId).catch((cause: unknown) => cause);
  expect(refusal).toBeInstanceOf(PaymentRefusal);
  return (refusal as PaymentRefusal).status;
}

const notFound = {
  code: 13,
  message: 'internal error: [trainUnaryValidator] no training model found',
};

test('default: each method costs what the model says', async () => {
  expect(await prices.getPrice(validate, 'test_1')).toBe(3n);
  expect(await prices.getPrice(upload, 'test_1')).toBe(3n);
  expect(await prices.getPrice(train, 'test_1')).toBe(2n ** 65n);
});

test('error: no model, one of another service, one without a price', async () => {
  for (const id of [undefined, '', 'test_2', 'x'.repeat(257), '../service/test_1', '\ud800']) {
    expect(await refusalOf(validate, id)).toEqual(notFound);
  }
  prices = createModelPrices({ store, serviceId: 'other' });
  expect(await refusalOf(validate, 'test_1')).toEqual(notFound);
  prices = createModelPrices({ store, serviceId: 'service' });
  await put({ ...model, trainPrice: undefined });
  expect(await refusalOf(train, 'test_1')).toEqual(notFound);
});

test('error: a store that cannot be read, a value that is none', async () => {
  await put(Uint8Array.of(0xff));
  expect(await refusalOf(validate, 'test_1')).toEqual(notFound);
  const broken = {
    async get(): Promise<never> {
      throw new Error('the disk is gone');
    },
  };
  prices = createModelPrices({ store: broken, serviceId: 'service' });
  expect(await refusalOf(validate, 'test_1')).toEqual(notFound);
});

test('behavior: ids do not reach into each other', () => {
  expect(modelKey({ serviceId: 'a/b', modelId: 'c' })).toBe('model/a%2Fb/c');
  expect(modelKey({ serviceId: 'a', modelId: 'b/c' })).toBe('model/a/b%2Fc');
});
