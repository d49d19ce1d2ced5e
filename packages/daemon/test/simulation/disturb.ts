import type { SimulatedChannel, World } from './world.ts';

/** Tries of one StartClaim that finds nothing to claim. */
const maxStarts = 3;
/** Blocks by which a channel is extended. */
const extension = 1_000_000n;
/** Cogs of one top-up. */
const topUp = 5n;

/** Lets happen, at some moments, what the options of a schedule contain. */
export function disturb(world: World): void {
  const { kills, losses, claims, outside, timeouts, reorganisations, topUps } = world.options;
  const onChannel = (what: (world: World, channel: SimulatedChannel) => void) => () => {
    what(world, world.scheduler.pick(world.channels));
  };
  repeat(world, kills, 'kill -9', () => void world.kill());
  repeat(world, losses, 'lease lost', () => world.loseLease());
  repeat(world, claims, 'claim wanted', onChannel(wantClaim));
  repeat(world, outside, 'claimed outside', onChannel(claimOutside));
  repeat(world, timeouts, 'a channel expires', onChannel(expire));
  repeat(world, reorganisations, 'a block is taken back', onChannel(reorganise));
  repeat(world, topUps, 'topped up', onChannel(fillUp));
}

/** Each at any moment, or within the first three seconds. */
function repeat(world: World, count: number, label: string, disturbance: () => void): void {
  const { scheduler } = world;
  const run = () => world.isOver || disturbance();
  for (let index = 0; index < count; index += 1) {
    if (scheduler.chance(0.4)) scheduler.later(label, run);
    else {
      scheduler.after(3_000 * scheduler.random(), () => {
        scheduler.note(label);
        run();
      });
    }
  }
}

function wantClaim(world: World, { provider }: SimulatedChannel): void {
  let isStarted = false;
  startClaim(maxStarts);

  function startClaim(tries: number): void {
    if (isStarted || tries === 0 || world.isOver) return;
    void provider.start().then((started) => {
      isStarted ||= started;
    });
    world.scheduler.after(1_200 * world.scheduler.random(), () => startClaim(tries - 1));
  }
}

/** Somebody claims the channel without the daemons' knowledge. */
function claimOutside(world: World, { id, witness }: SimulatedChannel): void {
  const { chain, injected } = world;
  if (witness.books.claims.size > 0) return;
  injected.outside += 1;
  chain.change(id, ({ nonce }) => ({ nonce: nonce + 1n }));
}

/** Time passes until the channel is over; its sender takes the rest back, or extends it. */
function expire(world: World, { id }: SimulatedChannel): void {
  const { chain, scheduler, injected, channels } = world;
  const { expiration } = chain.channel(id);
  if (expiration > chain.block) chain.advance(expiration - chain.block);
  for (const other of channels) if (other.id !== id) extend(world, other);
  scheduler.after(1_000 * scheduler.random(), () => {
    if (scheduler.chance(0.7)) {
      scheduler.note('the sender takes the rest back');
      injected.timeouts += 1;
      chain.change(id, ({ nonce }) => ({ nonce: nonce + 1n, value: 0n, expiration: 0n }));
    }
    scheduler.after(1_000 * scheduler.random(), () => replenish(world, id, world.options.value));
  });
}

function extend({ chain }: World, { id }: SimulatedChannel): void {
  chain.change(id, () => ({ expiration: chain.block + extension }));
}

/** The sender extends the channel and sees to it that it holds at least so much: cogs. */
export function replenish({ chain }: World, id: bigint, least: bigint): void {
  chain.change(id, ({ value }) => ({
    expiration: chain.block + extension,
    value: value < least ? least : value,
  }));
}

function reorganise({ chain, scheduler, injected }: World, { id }: SimulatedChannel): void {
  if (chain.reorganise(id, 1_500 * scheduler.random())) injected.reorganisations += 1;
}

function fillUp({ chain, injected }: World, { id }: SimulatedChannel): void {
  injected.topUps += 1;
  chain.change(id, ({ value }) => ({ value: value + topUp }));
}
