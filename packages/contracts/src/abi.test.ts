import {
  type AbiEvent,
  type AbiFunction,
  encodeFunctionData,
  getAddress,
  toEventSelector,
  toFunctionSelector,
} from 'viem';
import { describe, expect, test } from 'vitest';
import { vectors } from '../test/vectors.ts';
import { multiPartyEscrowAbi, registryAbi, tokenAbi } from './index.ts';

const abis = {
  MultiPartyEscrow: multiPartyEscrowAbi,
  Registry: registryAbi,
  FetchToken: tokenAbi,
} as const;

describe.each(Object.entries(abis))('abi of %s', (name, abi) => {
  const { functions, events } = vectors.abi[name as keyof typeof abis];

  test('default: every function has its selector, arguments and results', () => {
    const actual = abi
      .filter((item) => item.type === 'function')
      .map((item: AbiFunction) => [
        signature(item),
        {
          selector: toFunctionSelector(item),
          returns: item.outputs.map((output) => `${output.type} ${output.name ?? ''}`.trim()),
          mutability: item.stateMutability,
          inputs: item.inputs.map((input) => input.name),
        },
      ]);
    expect(Object.fromEntries(actual)).toEqual(functions);
  });

  test('default: every event has its topic and indexed arguments', () => {
    const actual = abi
      .filter((item) => item.type === 'event')
      .map((item: AbiEvent) => [
        signature(item),
        {
          topic0: toEventSelector(item),
          inputs: item.inputs.map(
            (input) => `${input.type} ${input.indexed ? 'indexed ' : ''}${input.name}`,
          ),
        },
      ]);
    expect(Object.fromEntries(actual)).toEqual(events);
  });
});

const signature = (item: AbiFunction | AbiEvent) =>
  `${item.name}(${item.inputs.map((input) => input.type).join(',')})`;

test.each(vectors.calldata)('calldata: $function', ({ function: functionName, args, data }) => {
  const abi = Object.values(abis).find((one) =>
    one.some((item) => item.type === 'function' && item.name === functionName),
  );
  const parameters = { abi, functionName, args: args.map(parse) };
  expect(encodeFunctionData(parameters as Parameters<typeof encodeFunctionData>[0])).toBe(data);
});

/** Vectors write integers as text. */
function parse(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (/^\d+$/.test(value)) return BigInt(value);
  return /^0x[0-9a-fA-F]{40}$/.test(value) ? getAddress(value) : value;
}
