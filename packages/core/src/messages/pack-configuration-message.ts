import { pack, text, uint256 } from './pack.ts';

/** Methods of the daemon's ConfigurationService. */
export type ConfigurationMethod =
  | 'GetConfiguration'
  | 'UpdateConfiguration'
  | 'StopProcessingRequests'
  | 'StartProcessingRequests'
  | 'IsDaemonProcessingRequests';

/** Fields of {@link packConfigurationMessage}. */
export interface ConfigurationMessage {
  /** Method of the service that is called. */
  readonly method: ConfigurationMethod;
  /** Number of the current block. */
  readonly block: bigint;
}

/**
 * The message that authorises a call of the daemon's ConfigurationService (protocol/daemon.md 3.11).
 * Signed by one of the authentication addresses.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`
 */
export function packConfigurationMessage(fields: ConfigurationMessage): Uint8Array {
  return pack(text(`_${fields.method}`), uint256(fields.block, 'block'));
}
