import { BaseError } from '@snetkit/core';
import type { PaymentChannel, SnetEngine } from '@snetkit/sdk';
import type { Output } from '../output/output.ts';

/** Who is asked, and about what. */
export interface AskDaemonOptions {
  readonly engine: SnetEngine;
  /** `organization/service`. */
  readonly service: string;
  readonly channels: readonly PaymentChannel[];
  readonly output: Output;
  readonly signal: AbortSignal;
}

/**
 * Brings channels up to date with what the daemon of a service knows: other programs sign with ledgers of
 * their own. A daemon that does not answer is told of, and does without.
 *
 * @returns the channels in their order, and those that the daemon was asked about
 * @throws BaseError `COMMAND_LINE_INVALID`, `ABORTED`, and those of the service's documents
 */
export async function askDaemon({
  engine,
  service,
  channels,
  output,
  signal,
}: AskDaemonOptions): Promise<{
  readonly channels: readonly PaymentChannel[];
  readonly asked: ReadonlySet<bigint>;
}> {
  const [organizationId, serviceId, ...rest] = service.split('/');
  if (!organizationId || !serviceId || rest.length > 0) {
    throw new BaseError('COMMAND_LINE_INVALID', 'This names no service.', {
      place: '--service',
      expected: 'ORGANIZATION/SERVICE',
      found: JSON.stringify(service.slice(0, 80)),
    });
  }
  const asked = new Set<bigint>();
  const known = new Map<bigint, PaymentChannel>();
  await using client = await engine.createServiceClient({ organizationId, serviceId, signal });
  for (const channel of await client.getChannels({ signal })) {
    if (channel.value === 0n) continue;
    try {
      await channel.syncState({ signal });
    } catch (error) {
      signal.throwIfAborted();
      const { shortMessage, place } = BaseError.from(error);
      output.note(
        `channel ${channel.id}: ${shortMessage}${place === undefined ? '' : ` (${place})`}`,
      );
      continue;
    }
    known.set(channel.id, channel);
    asked.add(channel.id);
  }
  return { channels: channels.map((channel) => known.get(channel.id) ?? channel), asked };
}
