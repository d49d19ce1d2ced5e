import { listDomainFields } from '../hash-typed-data.ts';
import type { TypedData } from '../signer.ts';

/**
 * Structured data as JSON-RPC methods take it: JSON text with the type of the domain, and numbers beyond
 * those of JavaScript as decimal text.
 */
export function formatTypedData({ domain, types, primaryType, message }: TypedData): string {
  const data = {
    types: { EIP712Domain: listDomainFields(domain), ...types },
    primaryType,
    domain,
    message,
  };
  return JSON.stringify(data, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
}
