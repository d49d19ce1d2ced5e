import { checksumAddress } from '../crypto/checksum-address.ts';
import { BaseError } from '../errors/base-error.ts';
import type { Address } from '../types.ts';
import type { EscrowHeaders } from './escrow.ts';
import type { GetHeader } from './header-entry.ts';
import { paymentHeaders } from './names.ts';
import { readBinaryHeader, readNumberHeader, readTextHeader } from './read-header.ts';

/** A payment to a daemon that runs without a chain and lets a list of addresses in. */
export interface AllowedUserHeaders extends EscrowHeaders {
  /** Escrow contract that the signature names; there is no metadata to take it from. */
  readonly mpe: Address;
}

/**
 * Reads the headers of a call in allowed-user mode (protocol/daemon.md 4.6), in the order channel id,
 * nonce, amount, escrow address, signature. `encodeEscrowHeaders` with `mpe` writes them.
 *
 * @throws BaseError whose short message is the text of the status (code 3) that the daemon sends
 */
export function parseAllowedUserHeaders(get: GetHeader): AllowedUserHeaders {
  return {
    channelId: readNumberHeader(get, paymentHeaders.channelId),
    nonce: readNumberHeader(get, paymentHeaders.channelNonce),
    amount: readNumberHeader(get, paymentHeaders.channelAmount),
    mpe: readAddressHeader(get, paymentHeaders.mpeAddress),
    signature: readBinaryHeader(get, paymentHeaders.channelSignature),
  };
}

function readAddressHeader(get: GetHeader, name: string): Address {
  const text = readTextHeader(get, name);
  try {
    return checksumAddress(text);
  } catch {
    const shown = text.length <= 60 ? text : `${text.length} characters`;
    const message = `Address is not a valid Hex address "${name}": ${shown}`;
    throw new BaseError('HEADER_INVALID', message, { place: `header ${name}` });
  }
}
