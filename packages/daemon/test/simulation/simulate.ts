import { checkAtRest, checkFunds } from './check-at-rest.ts';
import { payAhead, payInTurn } from './clients.ts';
import { disturb } from './disturb.ts';
import type { SimulationOptions } from './options.ts';
import { channelId } from './replica.ts';
import { World } from './world.ts';

/** What came of a schedule. */
export interface SimulationResult {
  readonly delivered: number;
  /** Claims that were started. */
  readonly starts: number;
  /** Claims without the daemons' knowledge. */
  readonly outside: number;
  readonly faults: readonly string[];
  readonly trace: readonly string[];
}

/** More than a client that was left without money needs for the last payments. */
const plenty = 1_000_000n;

/**
 * Plays one seeded schedule on one channel, and checks the invariants of ledger.md, section 12: some
 * all the time, the others at rest.
 */
export async function simulate(options: SimulationOptions): Promise<SimulationResult> {
  const world = new World(options);
  const { scheduler, faults, books, chain } = world;
  for (let index = 0; index < options.replicas; index += 1) await world.start(index);
  disturb(world);
  await payEverything(world);
  for (const [index, { accounts }] of world.replicas.entries()) {
    if (!accounts.get(channelId).isIdle) faults.push(`L: the account of r${index} is not idle`);
  }
  faults.push(...checkFunds(world));
  world.store.isCalm = true;
  if (chain.channel.value < plenty) chain.change({ value: plenty });
  await scheduler.run(scheduler.now + 60_000);
  for (const index of world.replicas.keys()) await probe(world, index);
  for (const { accounts } of world.replicas) void accounts.close();
  await scheduler.run(scheduler.now + 600_000);
  faults.push(...checkAtRest(world));
  const delivered = world.attempts.filter(({ exchange }) => exchange.delivered).length;
  const { starts, outside } = books;
  return { delivered, starts, outside, faults, trace: scheduler.trace };
}

async function payEverything(world: World): Promise<void> {
  let isOver = false;
  const clients = world.options.ahead ? payAhead(world) : payInTurn(world);
  const end = clients.then(() => {
    isOver = true;
  });
  await world.scheduler.run(600_000);
  if (isOver) await end;
  else world.faults.push('L: a client waits for ever');
}

/** I5: the next payment is served, whatever happened. */
async function probe(world: World, index: number): Promise<void> {
  const { scheduler } = world;
  const { nonce, top } = world.getState();
  const payment = { nonce, amount: top + 1n, price: 1n };
  const exchange = world.send(payment, { at: index, plan: 'unary', mayLeave: false });
  await scheduler.run(scheduler.now + 20_000);
  if (!exchange.delivered) {
    const end = await Promise.race([exchange.clientEnd, 'no answer']);
    world.faults.push(`I5: r${index} does not serve the next payment: ${JSON.stringify(end)}`);
  }
  await scheduler.run(scheduler.now + 20_000);
}
