import type { World } from './world.ts';

/** Tries of one StartClaim that finds nothing to claim. */
const maxStarts = 12;

/** Lets happen, at some moments, what the options of a schedule contain. */
export function disturb(world: World): void {
  const { kills, losses, claims, outside } = world.options;
  repeat(kills, () => sometime(world, 'kill -9', () => void world.kill()));
  repeat(losses, () => sometime(world, 'lease lost', () => world.loseLease()));
  repeat(claims, () => sometime(world, 'claim wanted', () => startClaim(world, maxStarts)));
  repeat(outside, () => sometime(world, 'claimed outside', () => world.claimOutside()));
}

function repeat(count: number, run: () => void): void {
  for (let index = 0; index < count; index += 1) run();
}

/** At any moment, or within the first three seconds. */
function sometime({ scheduler }: World, label: string, run: () => void): void {
  if (scheduler.chance(0.4)) {
    scheduler.later(label, run);
    return;
  }
  scheduler
    .timers(() => false)
    .after(3_000 * scheduler.random(), () => {
      scheduler.trace.push(label);
      run();
    });
}

function startClaim(world: World, tries: number): void {
  const { scheduler, books, provider, faults } = world;
  const before = books.starts;
  scheduler.trace.push('StartClaim');
  provider.start().catch((fault: unknown) => faults.push(`the provider failed: ${fault}`));
  scheduler
    .timers(() => false)
    .after(400 * scheduler.random(), () => {
      if (books.starts === before && tries > 1) startClaim(world, tries - 1);
    });
}
