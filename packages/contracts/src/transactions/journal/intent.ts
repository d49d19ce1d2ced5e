import { type Address, bytesToHex, type Hex, keccak256, utf8ToBytes } from '@snetkit/core';

/** What a caller wants from the chain, before anything is signed. */
export interface Intent {
  /** The caller's, or derived from what is called. */
  readonly key: string;
  /** Whether the caller gave the key. */
  readonly isKeyed: boolean;
  /** Contract and function. */
  readonly purpose: string;
  readonly to: Address;
  /** Wei. */
  readonly value: bigint;
  readonly data: Hex;
}

/** Makes an intent; without a key of the caller, the same call has the same key. */
export function createIntent(
  key: string | undefined,
  wanted: Omit<Intent, 'key' | 'isKeyed'>,
): Intent {
  if (key !== undefined) return { ...wanted, key, isKeyed: true };
  const { to, value, data } = wanted;
  const text = `${to.toLowerCase()} ${value} ${data.toLowerCase()}`;
  return { ...wanted, key: bytesToHex(keccak256(utf8ToBytes(text))), isKeyed: false };
}

/** Whether two of them ask the chain for the same. */
export function isSameCall(
  one: Pick<Intent, 'to' | 'value' | 'data'>,
  other: Pick<Intent, 'to' | 'value' | 'data'>,
): boolean {
  return (
    one.to.toLowerCase() === other.to.toLowerCase() &&
    one.value === other.value &&
    one.data.toLowerCase() === other.data.toLowerCase()
  );
}
