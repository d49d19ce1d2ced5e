import type { BlockClock } from '../chain/chain-view.ts';
import { serviceError } from './service-error.ts';

/** How far from the latest block a signed block number may lie (daemon.md, section 3). */
const windowBlocks = 5n;

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
  const distance = signedBlock > latest ? signedBlock - latest : latest - signedBlock;
  if (distance > windowBlocks) {
    throw serviceError('authentication failed as the signature passed has expired');
  }
}
