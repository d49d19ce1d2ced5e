/** Keys of an ABI that encoding and decoding need; the rest names Solidity types of the source. */
const neededKeys = new Set([
  'type',
  'name',
  'inputs',
  'outputs',
  'components',
  'stateMutability',
  'anonymous',
  'indexed',
]);

/** Takes everything out of an ABI that viem and abitype do not use (`internalType`, mostly). */
export function trimAbi(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(trimAbi);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, entry]) => neededKeys.has(key) && !(key === 'anonymous' && entry === false))
      .map(([key, entry]) => [key, trimAbi(entry)]),
  );
}
