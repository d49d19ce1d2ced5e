import { BaseError } from '@snetkit/core';
import { type AbiParameter, encodeAbiParameters, getAddress, type Hex, isAddress } from 'viem';
import type { AnyEvent, ContractEventSet } from './contract-events.ts';
import { findEvent } from './contract-events.ts';
import type { Topics } from './get-logs.ts';

/** Values that an indexed argument may have. */
export type Wanted<value> = value | readonly value[] | undefined;

/**
 * The topics for some events whose indexed arguments have certain values; an argument that is not
 * given may have any. Inside this package only.
 *
 * @throws BaseError `CONTRACT_ARGUMENT_INVALID` when an event has no such argument in that place
 */
export function encodeTopics<event extends AnyEvent>(
  { abi, topics }: ContractEventSet<event>,
  types: readonly event['type'][],
  where: Readonly<Record<string, Wanted<unknown>>>,
): Topics {
  const encoded: (Hex | readonly Hex[] | null)[] = [types.map((type) => topics[type])];
  for (const [name, wanted] of Object.entries(where)) {
    if (wanted === undefined) continue;
    const [first, ...others] = types.map((type) => findIndexed(findEvent(abi, type).inputs, name));
    const place = others.every((other) => other?.position === first?.position) ? first : undefined;
    if (place === undefined) {
      throw new BaseError('CONTRACT_ARGUMENT_INVALID', `Events cannot be found by ${name}.`, {
        place: types.join(', '),
        expected: 'an argument that all of these events have indexed at the same place',
      });
    }
    const values = Array.isArray(wanted) ? wanted : [wanted];
    encoded[place.position] = values.map((value) => toTopic(value, name, place.input));
  }
  return Array.from(encoded, (topic) => topic ?? null);
}

interface Indexed {
  readonly input: AbiParameter;
  /** Place among the topics, of which the event itself is the first. */
  readonly position: number;
}

function findIndexed(inputs: readonly AbiParameter[], name: string): Indexed | undefined {
  const indexed = inputs.filter((input) => (input as { indexed?: boolean }).indexed === true);
  const index = indexed.findIndex((input) => input.name === name);
  const input = indexed[index];
  return input && { input, position: index + 1 };
}

const forms: Readonly<Record<string, string>> = {
  address: 'an address',
  bytes32: '0x and 64 hexadecimal digits',
  uint256: 'a whole number from 0 to 2^256 - 1',
};

function toTopic(value: unknown, name: string, { type }: AbiParameter): Hex {
  try {
    // Addresses in any case: what is looked for may come from a file that somebody else wrote.
    const isLoose = type === 'address' && isAddress(String(value), { strict: false });
    const exact = isLoose ? getAddress(String(value).toLowerCase()) : value;
    return encodeAbiParameters([{ type }], [exact]).toLowerCase() as Hex;
  } catch (cause) {
    throw new BaseError('CONTRACT_ARGUMENT_INVALID', `The ${name} of the events cannot be used.`, {
      expected: forms[type],
      found: String(value),
      cause,
    });
  }
}
