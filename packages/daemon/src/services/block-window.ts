import type { BlockClock } from '../chain/chain-view.ts';
import { isInWindow } from '../chain/is-in-window.ts';
import { serviceError } from './service-error.ts';

/**
 * Checks that a signature is fresh.
 *
 * @throws ConnectError with code 2
 */
export function assertInWindow(signedBlock: bigint, clock: BlockClock): void {
  let latest: bigint;
  try {
    latest = clock.current();
  } catch (cause) {
    throw serviceError('cannot determine current block', cause);
  }
  if (!isInWindow(signedBlock, latest)) {
    throw serviceError('authentication failed as the signature passed has expired');
  }
}
