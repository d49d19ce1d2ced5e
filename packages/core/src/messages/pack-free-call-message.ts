import { pack } from './pack.ts';
import {
  type FreeCallTokenRequest,
  packFreeCallTokenRequest,
} from './pack-free-call-token-request.ts';

/** Fields of {@link packFreeCallMessage}; texts are signed exactly as given, never re-cased. */
export interface FreeCallMessage extends FreeCallTokenRequest {
  /** The whole token: signature, underscore and block digits. */
  readonly token: Uint8Array;
}

/**
 * The message of a free call, and of GetFreeCallsAvailable (protocol/daemon.md 3.10). Signed by `address`.
 *
 * @throws BaseError `NUMBER_OUT_OF_RANGE`
 */
export function packFreeCallMessage(fields: FreeCallMessage): Uint8Array {
  return pack(packFreeCallTokenRequest(fields), fields.token);
}
