import { expect } from 'vitest';
import { attackers } from './attackers.ts';
import type { Victim, VictimState } from './victim.ts';

/** What an attack may cost while it lasts. */
export const boundBytes = 64 * 2 ** 20;

/** The neighbour's bound: far more than a call takes, far less than a daemon that hangs. */
const patience = { timeout: 30_000, interval: 50 };

/**
 * Runs an attack and checks what holds for all of them: the well-behaved client goes on losing nothing,
 * memory stays within bounds, and when it is over nothing of it is left.
 */
export async function withstand(
  victim: Victim,
  attack: (during: () => Promise<VictimState>) => Promise<void>,
): Promise<void> {
  const before = await victim.look();
  const during = async () => {
    const state = await victim.look();
    expect(state.rssBytes - before.rssBytes).toBeLessThan(boundBytes);
    return state;
  };
  try {
    await attack(during);
  } finally {
    for (const socket of attackers) socket.destroy();
    attackers.clear();
  }
  const callsBefore = victim.neighbour.calls();
  await expect.poll(() => victim.neighbour.calls(), patience).toBeGreaterThan(callsBefore + 3);
  // One connection and at most one call: the neighbour's.
  await expect
    .poll(async () => (await victim.look()).counters, patience)
    .toMatchObject({ sockets: 1, sessions: 1 });
  await expect.poll(async () => (await victim.look()).counters.streams, patience).toBeLessThan(2);
  const after = await victim.look();
  expect(after.descriptors).toBeLessThanOrEqual(before.descriptors + 1);
  expect(after.rssBytes - before.rssBytes).toBeLessThan(boundBytes);
  expect(after.faults).toBe(0);
  expect(victim.neighbour.lost()).toEqual([]);
}
