import { BaseError } from '@snetkit/core';

/** A property that an accepted input broke; a finding. */
export function demand(holds: boolean, text: string): asserts holds {
  if (!holds) throw new Error(text);
}

/** Text of refusals may stand in a trailer or a log line: none is longer. */
const maxRefusal = 4_000;

/**
 * What a parser made of an input; `undefined` when it refused in the way that it may: with a
 * `BaseError` of bounded text without `secrets`.
 */
export function accepted<T>(parse: () => T, secrets: readonly string[] = []): T | undefined {
  try {
    return parse();
  } catch (fault) {
    checkRefusal(fault, secrets);
    return undefined;
  }
}

/** The same for parsers that take their time. */
export async function acceptedLater<T>(
  parse: () => Promise<T>,
  secrets: readonly string[] = [],
): Promise<T | undefined> {
  try {
    return await parse();
  } catch (fault) {
    checkRefusal(fault, secrets);
    return undefined;
  }
}

/** @throws when this is no refusal, or tells what it must not */
function checkRefusal(fault: unknown, secrets: readonly string[]): void {
  if (!(fault instanceof BaseError)) throw fault;
  demand(fault.code !== 'INTERNAL', `a refusal with the code INTERNAL: ${fault.message}`);
  demand(fault.message.length <= maxRefusal, `a refusal of ${fault.message.length} characters`);
  const told = `${fault.message}\n${JSON.stringify(fault)}`;
  const secret = secrets.find((one) => told.includes(one));
  demand(secret === undefined, `a refusal tells the secret ${JSON.stringify(secret)}`);
}
