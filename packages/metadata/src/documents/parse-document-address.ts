import { type Address, checksumAddress } from '@snetkit/core';
import { type DocumentName, invalidField } from './field.ts';

/**
 * Reads an address as documents have it: any letter case, with or without `0x`, as Go reads it.
 *
 * @throws BaseError `METADATA_INVALID`
 */
export function parseDocumentAddress(
  text: string,
  where: { document: DocumentName; pointer: string },
): Address {
  const digits = /^(?:0[xX])?([0-9a-fA-F]{40})$/.exec(text)?.[1];
  if (digits !== undefined) return checksumAddress(`0x${digits}`);
  const found = text.length <= 60 ? JSON.stringify(text) : `${text.length} characters`;
  throw invalidField(
    where.document,
    where.pointer,
    'an address: 0x and 40 hexadecimal digits',
    found,
  );
}
