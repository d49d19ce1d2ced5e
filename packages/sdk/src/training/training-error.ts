import { BaseError, type ErrorCode, formatAmount, type Token } from '@snetkit/core';
import { CallError } from '../calls/call-error.ts';

/** What a call of `training.Daemon` was about. */
export interface TrainingSubject {
  readonly modelId?: string | undefined;
  /** Cogs that were agreed. */
  readonly price?: bigint | undefined;
  readonly token: Token;
}

/** Texts of daemons (daemon.md, sections 1, 4.5 and 11.3), the most telling first. */
const known: readonly [text: RegExp, code: ErrorCode, message: string][] = [
  [
    /service end point is not defined|^unknown service |^method .* not implemented/,
    'TRAINING_NOT_OFFERED',
    'The service trains no models.',
  ],
  [
    /^invalid request: bad authorization|signature passed has expired|unsupported message: |^invalid request: no authorization|does not match to what has been expected/,
    'TRAINING_SIGNATURE_REFUSED',
    'The daemon does not take the signature of the account.',
  ],
  [
    /no training model found|model data doesn't exist|^model doesn't exist|model id can't be empty/,
    'MODEL_UNKNOWN',
    'The service has no such model, or no price for it.',
  ],
  [
    /does not have access to model|only owner can change|^unable to access model/,
    'MODEL_ACCESS_DENIED',
    'The model belongs to another account.',
  ],
];
const unimplemented = 12;

/** Says what an answer of a daemon means for who trains a model. */
export function toTrainingError(error: unknown, subject: TrainingSubject): BaseError {
  if (!(error instanceof CallError)) return BaseError.from(error);
  const { place, found, status } = error;
  const price = /^income -?[0-9]+ does not equal to price ([0-9]+)$/.exec(status.message)?.[1];
  const { price: agreed, token, modelId } = subject;
  if (price !== undefined && agreed !== undefined && BigInt(price) !== agreed) {
    return new CallError('TRAINING_PRICE_CHANGED', 'The model costs another price.', status, {
      place,
      expected: formatAmount(agreed, token),
      found: formatAmount(BigInt(price), token),
      hint: 'Ask for the price again, and decide anew.',
      cause: error,
    });
  }
  const match =
    status.code === unimplemented ? known[0] : known.find(([text]) => text.test(status.message));
  if (match === undefined) return error;
  const [, code, message] = match;
  const about = modelId === undefined ? place : `model ${JSON.stringify(modelId)}, ${place}`;
  return new CallError(code, message, status, { place: about, found, cause: error });
}

/** Whether the block that was signed may be too old: some methods hide the cause. */
export function isStale(error: unknown): boolean {
  return error instanceof BaseError && error.code === 'TRAINING_SIGNATURE_REFUSED';
}
