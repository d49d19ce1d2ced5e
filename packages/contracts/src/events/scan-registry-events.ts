import type { Address } from '@snetkit/core';
import { writeId } from '../registry/write-id.ts';
import type { ChainClient } from '../rpc/create-chain-client.ts';
import type { Wanted } from './encode-topics.ts';
import type { RegistryEvent } from './registry-event.ts';
import { registryEvents } from './registry-events.ts';
import { type ScannedEvents, type ScanOptions, scanEvents } from './scan-events.ts';

/** Values of indexed arguments; several mean any of them. */
export interface RegistryEventFilter {
  /** Text, or 32 bytes in hexadecimal. */
  readonly organizationId?: Wanted<string>;
  /** Text, or 32 bytes in hexadecimal; events of services only. */
  readonly serviceId?: Wanted<string>;
}

/** Which events of which registry. */
export interface ScanRegistryEventsOptions<type extends RegistryEvent['type']> extends ScanOptions {
  readonly registry: Address;
  /** Names of events; all of them when not given. */
  readonly types?: readonly type[] | undefined;
  /** The endpoint applies it, so that only what matches is sent. */
  readonly where?: RegistryEventFilter | undefined;
}

/**
 * Finds events of a registry by organization and service, range by range: a caller can show progress,
 * stop, and go on later after the last `toBlock`.
 *
 * @throws BaseError `RPC_...`, `ID_INVALID`, `CONTRACT_ARGUMENT_INVALID`, `ABORTED`
 */
export async function* scanRegistryEvents<const type extends RegistryEvent['type']>(
  client: ChainClient,
  { registry, where = {}, ...options }: ScanRegistryEventsOptions<type>,
): AsyncGenerator<ScannedEvents<Extract<RegistryEvent, { type: type }>>, void, undefined> {
  const topics = { orgId: writeIds(where.organizationId), serviceId: writeIds(where.serviceId) };
  yield* scanEvents(client, { address: registry, set: registryEvents, where: topics, ...options });
}

function writeIds(ids: Wanted<string>): Wanted<string> {
  if (ids === undefined) return undefined;
  return typeof ids === 'string' ? writeId(ids) : ids.map(writeId);
}
