import type { Condition } from './alert.ts';
import type { Unclaimed } from './find-unclaimed.ts';

/** Puts amounts on channels near expiry into words; undefined when there are none. */
export function describeUnclaimed(
  unclaimed: readonly Unclaimed[],
  { latest, blockMs }: { latest: bigint; blockMs: number },
): Condition | undefined {
  if (unclaimed.length === 0) return undefined;
  const total = unclaimed.reduce((sum, { amount }) => sum + amount, 0n);
  const [channels, those] = unclaimed.length === 1 ? ['channel', 'it'] : ['channels', 'they'];
  return {
    kind: 'unclaimed',
    title: `${total} cogs on ${unclaimed.length} ${channels} can be claimed, before ${those} ${unclaimed.length === 1 ? 'expires' : 'expire'}`,
    items: unclaimed.map(({ channelId, nonce, amount, expiration, isStarted }) => ({
      id: `${channelId}/${nonce}`,
      line: `The provider can claim ${amount} cogs on channel ${channelId}; it ${describeExpiry(expiration, latest, blockMs)}${isStarted ? ' (a claim was started, and is not on the chain yet)' : ''}`,
    })),
    hint: 'Claim them: after the expiry the client may take them back at any moment.',
  };
}

function describeExpiry(expiration: bigint, latest: bigint, blockMs: number): string {
  if (expiration <= latest) return `has expired at block ${expiration}`;
  const blocks = expiration - latest;
  return `expires in about ${describeTime(Number(blocks) * blockMs)} (${blocks} blocks, at block ${expiration})`;
}

function describeTime(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 72 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}
