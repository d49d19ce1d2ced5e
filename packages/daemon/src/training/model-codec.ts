import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { BaseError, bigintToBytes, bytesToBigint } from '@snetkit/core';
import { TrainingModelSchema } from '../gen/snetkit/training/v1/model_pb.ts';
import type { TrainingModel } from './training-model.ts';

/** The stored form of a model (model.proto, `TrainingModel`). */
export function encodeModel(model: TrainingModel): Uint8Array {
  const { validatePrice, trainPrice, authorizedAddresses, ...rest } = model;
  return toBinary(
    TrainingModelSchema,
    create(TrainingModelSchema, {
      ...rest,
      authorizedAddresses: [...authorizedAddresses],
      ...(validatePrice !== undefined && { validatePrice: bigintToBytes(validatePrice) }),
      ...(trainPrice !== undefined && { trainPrice: bigintToBytes(trainPrice) }),
    }),
  );
}

/**
 * Reads the stored form of a model.
 *
 * @param place the key, for the error
 * @throws BaseError STORE_VALUE_INVALID
 */
export function decodeModel(bytes: Uint8Array, place: string): TrainingModel {
  try {
    const { $typeName: _, $unknown: _unknown, ...fields } = fromBinary(TrainingModelSchema, bytes);
    return {
      ...fields,
      validatePrice: priceOf(fields.validatePrice),
      trainPrice: priceOf(fields.trainPrice),
    };
  } catch (cause) {
    throw new BaseError('STORE_VALUE_INVALID', 'A model in the store cannot be read.', {
      place,
      cause,
    });
  }
}

function priceOf(bytes: Uint8Array | undefined): bigint | undefined {
  return bytes === undefined ? undefined : bytesToBigint(bytes);
}
