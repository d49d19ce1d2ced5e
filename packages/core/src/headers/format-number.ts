import { assertUint256 } from '../bytes/uint256.ts';

/** Writes the number of a header in plain decimals; one that a daemon would refuse is not written. */
export function formatNumber(value: bigint, header: string): string {
  assertUint256(value, { place: `header ${header}` });
  return value.toString();
}
