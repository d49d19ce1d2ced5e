import { address, pack, text, uint256 } from './pack.ts';

/** Fields of {@link packTrainingMessage}. */
export interface TrainingMessage {
  /** Name of the method, or `unified`; signed exactly as given. */
  readonly message: string;
  /** Address that signs. */
  readonly signer: string;
  /** Number of the current block. */
  readonly block: bigint;
}

/**
 * The message that authorises a call of training.Daemon (protocol/daemon.md 3.12). Signed by `signer`.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`, `ADDRESS_INVALID`
 */
export function packTrainingMessage(fields: TrainingMessage): Uint8Array {
  return pack(text(fields.message), address(fields.signer), uint256(fields.block, 'block'));
}
