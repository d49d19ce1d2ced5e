import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeModel, encodeModel } from './model-codec.ts';
import type { TrainingModel } from './training-model.ts';

const price = fc.option(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), { nil: undefined });
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const anyModel: fc.Arbitrary<TrainingModel> = fc.record({
  modelId: text,
  serviceId: text,
  grpcServiceName: text,
  grpcMethodName: text,
  name: text,
  description: text,
  isPublic: fc.boolean(),
  status: fc.nat(6),
  authorizedAddresses: fc.array(text, { maxLength: 3 }),
  createdBy: text,
  updatedBy: text,
  trainingDataLink: text,
  validatePrice: price,
  trainPrice: price,
  createdDate: text,
  updatedDate: text,
});

test('default: what is written is read', () => {
  fc.assert(
    fc.property(anyModel, (model) => {
      expect(decodeModel(encodeModel(model), 'model/a/b')).toEqual(model);
    }),
  );
});

test('behavior: a price of nothing is not the same as no price', () => {
  const [model] = fc.sample(anyModel, { numRuns: 1, seed: 1 }) as [TrainingModel];
  const read = decodeModel(encodeModel({ ...model, validatePrice: 0n, trainPrice: undefined }), '');
  expect(read.validatePrice).toBe(0n);
  expect(read.trainPrice).toBe(undefined);
});

test('error: other bytes', () => {
  expect(() => decodeModel(Uint8Array.of(0xff), 'model/a/b')).toThrowErrorMatchingInlineSnapshot(`
    [BaseError: A model in the store cannot be read.
    Place: model/a/b]
  `);
});
