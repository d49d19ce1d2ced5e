import { payAhead, payByToken, payInTurn, payNothing } from './clients.ts';
import { confirmations } from './confirmations.ts';
import { disturb, replenish } from './disturb.ts';
import type { Injections } from './injections.ts';
import type { SimulationOptions } from './options.ts';
import { probeLiveness, probeOrphans } from './probes.ts';
import { type SimulatedChannel, World, type WorldOptions } from './world.ts';

/** What came of a schedule. */
export interface SimulationResult {
  readonly faults: readonly string[];
  readonly injected: Injections;
  /** Things that happened. */
  readonly steps: number;
  /** Only when the schedule was traced. */
  readonly trace: readonly string[];
  readonly draws: readonly number[];
}

/** More than a client that was left without money needs for the last payments. */
const plenty = 1_000_000n;
/** A schedule that is cut ends within so many steps. */
const cutSteps = 250;

/**
 * Plays one seeded schedule and checks the invariants of ledger.md, section 12, after every step; then
 * an ending in which nothing goes wrong any more, and whether the channels are alive in it.
 */
export async function simulate(
  options: SimulationOptions,
  worldOptions?: WorldOptions,
): Promise<SimulationResult> {
  const world = new World(options, worldOptions);
  const { scheduler, faults, injected } = world;
  try {
    await play(world);
  } catch (error) {
    world.fault(`the simulation failed: ${error instanceof Error ? error.message : error}`);
  }
  for (const { witness } of world.channels) {
    injected.charged += Number(witness.books.deliveries.length);
  }
  const { trace, draws, step } = scheduler;
  return { faults, injected, steps: step, trace, draws };
}

async function play(world: World): Promise<void> {
  const { options, scheduler, injected } = world;
  for (let index = 0; index < options.replicas; index += 1) await world.start(index);
  disturb(world);
  const isCut = scheduler.chance(options.cut);
  const cutAt = isCut ? Math.floor(scheduler.random() * cutSteps) : Number.POSITIVE_INFINITY;
  const clients = payEverything(world);
  let areServed = false;
  void clients.then(() => {
    areServed = true;
  });
  await runUntil(world, () => areServed && world.isAtRest(), cutAt);
  if (scheduler.step >= cutAt && !(areServed && world.isAtRest())) {
    injected.cuts += 1;
    await killAll(world);
  } else if (areServed) await clients;
  else if (world.faults.length === 0) world.fault('L: a client waits for ever');
  if (world.faults.length > 0) return;
  await checkEnding(world);
}

const pay = { official: payInTurn, ahead: payAhead, token: payByToken, free: payNothing };

async function payEverything(world: World): Promise<void> {
  await Promise.all(
    world.channels.flatMap((channel) =>
      world.options.clients.map((kind) => pay[kind](world.network(channel))),
    ),
  );
}

/** Everything stops here: whatever state this is, it must be a good one to go on from. */
async function killAll(world: World): Promise<void> {
  world.scheduler.note('everything stops');
  world.isOver = true;
  world.store.isCalm = true;
  for (const index of world.replicas.keys()) await world.kill(index);
  for (const channel of world.channels) {
    replenish(world, channel.id, plenty);
    if (!world.chain.isReorganised(channel.id)) await probeLiveness(world, channel);
  }
}

/** Nothing goes wrong any more: what is left must be whole, alive and exact. */
export async function checkEnding(world: World): Promise<void> {
  const { scheduler, store, channels, replicas } = world;
  store.isCalm = true;
  world.isOver = true;
  for (const { id } of channels) replenish(world, id, plenty);
  await rest(world);
  for (const channel of channels) await removeClaims(world, channel);
  for (const channel of channels) {
    await probeLiveness(world, channel);
    await probeOrphans(world, channel);
  }
  await rest(world);
  for (const { accounts } of replicas) void accounts.close();
  await scheduler.run({ forMs: 60_000, isOver: () => scheduler.isQuiet });
  checkAtRest(world);
}

/** A claim that has landed can always be removed. */
async function removeClaims(world: World, { provider, witness }: SimulatedChannel): Promise<void> {
  const { claims, landed } = witness.books;
  const isLeft = () => [...claims.keys()].some((nonce) => landed.has(nonce));
  for (let looks = 0; looks < world.replicas.length * 4 && isLeft(); looks += 1) {
    world.chain.advance(confirmations);
    void provider.look();
    await rest(world);
  }
  if (isLeft()) world.fault('L: a claim that has landed is not removed');
}

async function rest(world: World): Promise<void> {
  await world.scheduler.run({ forMs: 120_000, isOver: () => world.isAtRest() });
  if (!world.isAtRest()) world.fault('L: the replicas do not come to rest');
}

/** Runs until it is over or a step is reached; a schedule that is known to be bad goes no further. */
async function runUntil(world: World, isOver: () => boolean, lastStep: number): Promise<void> {
  const { scheduler, faults } = world;
  const isEnough = () => faults.length > 0 || scheduler.step >= lastStep;
  await scheduler.run({ forMs: 900_000, isOver, isStopped: isEnough });
}

/** I2q (ledger.md, section 12): nothing of the living is left, and nothing at all when nobody died. */
function checkAtRest(world: World): void {
  for (const { id, witness } of world.channels) {
    witness.prepaid.checkAtRest();
    witness.free.checkAtRest();
    const { entries, open } = witness.books.record;
    const living = entries.filter(({ owner }) => world.store.isAlive(owner)).length;
    if (living > 0) world.fault(`I2: ${living} entries of living owners are left on ${id}`);
    if (entries.length > 0 && world.deaths === 0 && world.options.orphans === 0) {
      world.fault(`I2: ${entries.length} entries are listed on ${id} although nobody died`);
    }
    if (mustBeExact(world) && open.length > 0) {
      world.fault('I6: official clients that wait leave an open stretch: a claim is not exact');
    }
  }
}

/** Nothing happens that could leave a gap: an official claim takes exactly what was served. */
function mustBeExact({ options, deaths }: World): boolean {
  const { clients, leave, unknown, replicas, claims } = options;
  const isAlone = clients.length === 1 && clients[0] === 'official';
  return isAlone && leave === 0 && deaths === 0 && unknown === 0 && replicas === 1 && claims === 0;
}
