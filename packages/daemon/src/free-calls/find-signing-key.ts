import { type Address, type Hex, privateKeyToAddress, sameAddress } from '@snetkit/core';

/**
 * The key that signs tokens, when it is the one that the service metadata names (daemon.md, section 1).
 *
 * @returns the key, or why this daemon gives out no tokens; neither when nobody asked for it
 */
export function findSigningKey(options: {
  readonly privateKey: Hex | undefined;
  /** `free_call_signer_address` of the group. */
  readonly signer: Address | undefined;
}): { readonly key?: Hex; readonly problem?: string } {
  const { privateKey, signer } = options;
  if (privateKey === undefined) return {};
  const own = privateKeyToAddress(privateKey);
  if (signer === undefined) {
    return {
      problem: `private_key_for_free_calls is set (${own}), but the service metadata names no free_call_signer_address: no tokens of free calls are given out`,
    };
  }
  if (sameAddress(own, signer)) return { key: privateKey };
  return {
    problem: `private_key_for_free_calls belongs to ${own}, the service metadata names ${signer} as free_call_signer_address: no tokens of free calls are given out`,
  };
}
