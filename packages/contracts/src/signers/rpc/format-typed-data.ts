import type { TypedData } from '../signer.ts';

/** Types of the fields of a domain, in the order of EIP-712. */
const domainTypes = {
  name: 'string',
  version: 'string',
  chainId: 'uint256',
  verifyingContract: 'address',
  salt: 'bytes32',
} as const;

/**
 * Structured data as JSON-RPC methods take it: JSON text with the type of the domain, and numbers beyond
 * those of JavaScript as decimal text.
 */
export function formatTypedData({ domain, types, primaryType, message }: TypedData): string {
  const EIP712Domain = Object.entries(domainTypes)
    .filter(([name]) => domain[name as keyof typeof domain] !== undefined)
    .map(([name, type]) => ({ name, type }));
  const data = { types: { EIP712Domain, ...types }, primaryType, domain, message };
  return JSON.stringify(data, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
}
