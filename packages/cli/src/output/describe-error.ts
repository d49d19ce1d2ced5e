import { UsageError } from '../line/usage-error.ts';

/** What is told of an error, for a person and for a program. */
export interface DescribedError {
  readonly exitCode: number;
  readonly json: object;
  readonly message: string;
  /** Label and text, in the order in which they are shown. */
  readonly details: readonly (readonly [label: string, text: string])[];
}

/** Finds out what is to be told of an error. */
export async function describeError(cause: unknown): Promise<DescribedError> {
  if (cause instanceof UsageError) return describeUsageError(cause);
  const { BaseError, errorCodes, getExitCode } = await import('@snetkit/core');
  const error = BaseError.from(cause);
  const { place, expected, found, hint = errorCodes[error.code].fix } = error;
  const details = [
    ['place', place],
    ['expected', expected],
    ['found', found],
    ['fix', hint],
  ] as const;
  return {
    exitCode: getExitCode(error),
    json: { ...error.toJSON(), hint },
    message: `${error.shortMessage} (${error.code})`,
    details: details.filter(
      (detail): detail is [(typeof detail)[0], string] => detail[1] !== undefined,
    ),
  };
}

/** Says the same as the errors of the product, without loading them. */
function describeUsageError({ message, hint }: UsageError): DescribedError {
  return {
    exitCode: 2,
    json: { code: 'COMMAND_LINE_INVALID', class: 'usage', message, hint },
    message,
    details: [['fix', hint]],
  };
}
