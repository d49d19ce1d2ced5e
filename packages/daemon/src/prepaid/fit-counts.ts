/** What a field of 64 bits can carry. */
export const maxUint64 = 2n ** 64n - 1n;

/** What a channel has bought beforehand and used of it, as a reply of 64 bits can carry it. */
export interface FittedCounts {
  readonly plannedAmount: bigint;
  readonly usedAmount: bigint;
}

/**
 * Fits both counts into 64 bits. Clients look at the difference only: what is too large is told as
 * what is left of it, and never as more than that (daemon.md 10.4, item 11).
 */
export function fitCounts({ planned, used }: { planned: bigint; used: bigint }): FittedCounts {
  if (planned <= maxUint64 && used <= maxUint64)
    return { plannedAmount: planned, usedAmount: used };
  const left = planned > used ? planned - used : 0n;
  return { plannedAmount: left < maxUint64 ? left : maxUint64, usedAmount: 0n };
}
