import { concatBytes, hexToBytes, keccak256 } from '@snetkit/core';
import type { TypedData } from './signer.ts';

/** Types of the fields of a domain, in the order of EIP-712. */
const domainTypes = {
  name: 'string',
  version: 'string',
  chainId: 'uint256',
  verifyingContract: 'address',
  salt: 'bytes32',
} as const;

/** The type `EIP712Domain` of a domain: the fields that it has. */
export function listDomainFields(domain: TypedData['domain']): { name: string; type: string }[] {
  return Object.entries(domainTypes)
    .filter(([name]) => domain[name as keyof typeof domain] !== undefined)
    .map(([name, type]) => ({ name, type }));
}

/** The two hashes of 32 bytes that structured data consists of (EIP-712). */
export async function hashTypedDataParts(
  data: TypedData,
): Promise<{ domain: Uint8Array; message: Uint8Array }> {
  // viem is slow to load, and signing payments does not need it.
  const { hashStruct } = await import('viem/utils');
  const types = { ...data.types, EIP712Domain: listDomainFields(data.domain) };
  const hash = (primaryType: string, values: object) =>
    // Its types cannot know ours.
    hexToBytes(
      hashStruct({ primaryType, types, data: values } as Parameters<typeof hashStruct>[0]),
    );
  return {
    domain: hash('EIP712Domain', data.domain),
    message: hash(data.primaryType, data.message),
  };
}

/** The 32 bytes that are signed for structured data (EIP-712). */
export async function hashTypedData(data: TypedData): Promise<Uint8Array> {
  const { domain, message } = await hashTypedDataParts(data);
  return keccak256(concatBytes(Uint8Array.of(0x19, 1), domain, message));
}
