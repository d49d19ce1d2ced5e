import type { Signer } from '../signers/signer.ts';
import { type ChannelOpening, packChannelOpening } from './channel-opening.ts';

/**
 * Lets somebody else open a channel in the name of `sender`, with money of their own
 * (`openChannelByThirdParty`); who has the consent can use it once.
 *
 * @returns 65 bytes `r||s||v`
 * @throws BaseError `ADDRESS_INVALID`, `BYTES_LENGTH_INVALID`, `NUMBER_OUT_OF_RANGE`
 */
export async function signChannelOpening(
  sender: Signer,
  opening: ChannelOpening,
): Promise<Uint8Array> {
  return sender.signMessage(packChannelOpening(opening));
}
