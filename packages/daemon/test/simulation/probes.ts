import { isOrphan } from '../../src/ledger/judge.ts';
import { getTop } from '../../src/ledger/top.ts';
import { nameOf } from './books.ts';
import type { SimulatedPayment } from './network.ts';
import type { ClientEnd } from './simulated-exchange.ts';
import type { SimulatedChannel, World } from './world.ts';

/** Late commits of the dead may move the top between a look at it and the payment. */
const maxTries = 8;
/** More orphans than this are not all asked for. */
const maxOrphansProbed = 3;

/** I5 (ledger.md, section 12): the next payments are served at a replica, whatever happened. */
export async function probeLiveness(world: World, channel: SimulatedChannel): Promise<void> {
  for (const [at] of world.replicas.entries()) {
    const prices = world.scheduler.pick([[1n], [2n], [1n, 2n]]);
    for (const price of prices) {
      await probe(world, channel, at, `the next payment of ${price}`, () => {
        const { nonce, top } = channel.witness.getState();
        return { nonce, amount: top + price, price };
      });
    }
    if (channel.witness.books.record.open.length === 0) continue;
    await probe(world, channel, at, 'a payment in an open stretch', () => {
      const { nonce, open } = channel.witness.books.record;
      const first = open[0];
      return first && { nonce, amount: first.from + 1n, price: 1n };
    });
  }
}

async function probe(
  world: World,
  channel: SimulatedChannel,
  at: number,
  what: string,
  choose: () => SimulatedPayment | undefined,
): Promise<void> {
  let end: ClientEnd | 'no answer' = 'no answer';
  for (let tries = 0; tries < maxTries; tries += 1) {
    const payment = choose();
    if (payment === undefined) return;
    end = await sendAndWait(world, channel, at, payment);
    if (typeof end === 'object' && end.code === 0) return;
  }
  world.fault(`I5: r${at} does not serve ${what}: ${describe(end)}`);
}

async function sendAndWait(
  world: World,
  { id }: SimulatedChannel,
  at: number,
  payment: SimulatedPayment,
): Promise<ClientEnd | 'no answer'> {
  const { exchange } = world.send(id, payment, { at, plan: 'unary', mayLeave: false });
  await world.scheduler.run({ forMs: 20_000, isOver: () => exchange.clientSaw !== undefined });
  return exchange.clientSaw ?? 'no answer';
}

/** I2q: each payment of the dead is honoured without a new charge, and refused when it comes again. */
export async function probeOrphans(world: World, channel: SimulatedChannel): Promise<void> {
  const { books } = channel.witness;
  const isAlive = (owner: string) => world.store.isAlive(owner);
  const orphans = books.record.entries.filter((entry) => isOrphan(entry, isAlive));
  for (const orphan of orphans.slice(0, maxOrphansProbed)) {
    if (orphan.price === 0n) continue;
    const at = Math.floor(world.scheduler.random() * world.replicas.length);
    const { nonce, amount, price } = orphan;
    world.injected.orphansProbed += 1;
    const before = getTop(books.record).amount;
    const first = await sendAndWait(world, channel, at, { nonce, amount, price });
    const isDropped = !books.record.entries.some((entry) => nameOf(entry) === nameOf(orphan));
    if (isDropped && world.options.orphans > 0) continue;
    if (typeof first !== 'object' || first.code !== 0) {
      world.fault(`I2: r${at} does not honour the orphan ${nameOf(orphan)}: ${describe(first)}`);
    } else if (getTop(books.record).amount !== before) {
      world.fault(`I2: the orphan ${nameOf(orphan)} was charged again`);
    }
    const second = await sendAndWait(world, channel, at, { nonce, amount, price });
    if (typeof second === 'object' && second.code === 0) {
      world.fault(`I2: the orphan ${nameOf(orphan)} was honoured twice`);
    }
  }
}

function describe(end: ClientEnd | 'no answer'): string {
  return typeof end === 'object' ? `${end.code} ${end.message}` : end;
}
