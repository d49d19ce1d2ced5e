/** An integer as `parseJson` would give it back: a number up to 2^53 - 1, a bigint beyond. */
export function toJsonInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
