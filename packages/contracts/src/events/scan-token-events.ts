import type { Address, Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Wanted } from './encode-topics.ts';
import { type ScannedEvents, type ScanOptions, scanEvents } from './scan-events.ts';
import type { TokenEvent } from './token-event.ts';
import { tokenEvents } from './token-events.ts';

/** Values of indexed arguments; several mean any of them. */
export interface TokenEventFilter {
  /** Of `Transfer`. */
  readonly from?: Wanted<Address>;
  /** Of `Transfer`. */
  readonly to?: Wanted<Address>;
  /** Of `Approval`. */
  readonly owner?: Wanted<Address>;
  /** Of `Approval`. */
  readonly spender?: Wanted<Address>;
  /** Of `RoleGranted` and `RoleRevoked`: 32 bytes, a value of `tokenRoles`. */
  readonly role?: Wanted<Hex>;
  /** Of `RoleGranted` and `RoleRevoked`. */
  readonly account?: Wanted<Address>;
  /** Of `RoleGranted` and `RoleRevoked`. */
  readonly sender?: Wanted<Address>;
}

/** Which events of which token. */
export interface ScanTokenEventsOptions<type extends TokenEvent['type']> extends ScanOptions {
  readonly token: Address;
  /** Names of events; all of them when not given. */
  readonly types?: readonly type[] | undefined;
  /** The endpoint applies it, so that only what matches is sent. */
  readonly where?: TokenEventFilter | undefined;
}

/**
 * Finds events of a token by their indexed arguments, range by range: a caller can show progress,
 * stop, and go on later after the last `toBlock`.
 *
 * @throws BaseError `RPC_...`, `CONTRACT_ARGUMENT_INVALID`, `ABORTED`
 */
export function scanTokenEvents<const type extends TokenEvent['type']>(
  client: ChainClient,
  { token, where = {}, ...options }: ScanTokenEventsOptions<type>,
): AsyncGenerator<ScannedEvents<Extract<TokenEvent, { type: type }>>, void, undefined> {
  return scanEvents(client, { address: token, set: tokenEvents, where: { ...where }, ...options });
}
