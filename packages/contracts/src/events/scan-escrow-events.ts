import type { Address, Hex } from '@snetkit/core';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Wanted } from './encode-topics.ts';
import type { EscrowBalanceEvent, EscrowEvent } from './escrow-event.ts';
import { escrowEvents } from './escrow-events.ts';
import { type ScannedEvents, type ScanOptions, scanEvents } from './scan-events.ts';

type AnyEscrowEvent = EscrowEvent | EscrowBalanceEvent;

/**
 * Values of indexed arguments; several mean any of them. Not every event has each: `ChannelOpen` has
 * sender, recipient and group (neither its id nor the signer is indexed), the other events of channels
 * have the id.
 */
export interface EscrowEventFilter {
  readonly channelId?: Wanted<bigint>;
  readonly sender?: Wanted<Address>;
  readonly recipient?: Wanted<Address>;
  /** Of `TransferFunds`. */
  readonly receiver?: Wanted<Address>;
  /** 32 bytes. */
  readonly groupId?: Wanted<Hex>;
}

/** Which events of which escrow. */
export interface ScanEscrowEventsOptions<type extends AnyEscrowEvent['type']> extends ScanOptions {
  readonly mpe: Address;
  /** Names of events; all of them when not given. */
  readonly types?: readonly type[] | undefined;
  /** The endpoint applies it, so that only what matches is sent. */
  readonly where?: EscrowEventFilter | undefined;
}

/**
 * Finds events of an escrow by their indexed arguments, range by range: a caller can show progress,
 * stop, and go on later after the last `toBlock`.
 *
 * @throws BaseError `RPC_...`, `CONTRACT_ARGUMENT_INVALID`, `ABORTED`
 *
 * @example
 * ```ts
 * const where = { channelId: 7n };
 * for await (const { events } of scanEscrowEvents(client, { mpe, types: ['ChannelClaim'], where, fromBlock })) {
 *   console.log(events);
 * }
 * ```
 */
export function scanEscrowEvents<const type extends AnyEscrowEvent['type']>(
  client: ChainClient,
  { mpe, where = {}, ...options }: ScanEscrowEventsOptions<type>,
): AsyncGenerator<ScannedEvents<Extract<AnyEscrowEvent, { type: type }>>, void, undefined> {
  return scanEvents(client, { address: mpe, set: escrowEvents, where: { ...where }, ...options });
}
