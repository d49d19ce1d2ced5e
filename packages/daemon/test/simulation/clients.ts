import type { CounterKind } from './counter-payments.ts';
import type { SimulatedNetwork, SimulatedPayment } from './network.ts';
import type { ClientEnd } from './simulated-exchange.ts';

/** The client's own count of a channel. */
interface Line {
  nonce: bigint;
  /** Highest amount signed at the nonce: cogs. */
  signed: bigint;
}

/** Sendings of one payment after which a client gives up. */
const maxTries = 60;

/** As official clients: reads the state, signs the next amount, waits for the end, never retries. */
export async function payInTurn(network: SimulatedNetwork): Promise<void> {
  const { scheduler, options } = network;
  for (let index = 0; index < options.calls && !network.isOver; index += 1) {
    const state = await network.readState();
    if (state === undefined) continue;
    const price = scheduler.pick(options.prices);
    await network.send({ nonce: state.nonce, amount: state.top + price, price }).clientEnd;
  }
}

/** As ours: signs all amounts at once and retries a payment until its end is certain. */
export async function payAhead(network: SimulatedNetwork): Promise<void> {
  const { options, scheduler, faults } = network;
  const line: Line = { nonce: 0n, signed: 0n };
  const payments = Array.from({ length: options.calls }, () =>
    signNext(line, scheduler.pick(options.prices)),
  );
  if (options.shuffle) payments.sort(() => scheduler.random() - 0.5);
  const ends = payments.map(async (payment) => {
    if (options.shuffle && scheduler.chance(0.5)) await scheduler.pause(1_500 * scheduler.random());
    return payUntilCertain(network, payment, line);
  });
  const areServed = await Promise.all(ends);
  if (options.strictLiveness && !network.isOver && areServed.includes(false)) {
    faults.push('L: a payment was never served');
  }
}

/** Buys prepaid calls, some of them before the last are used up, and makes several at once. */
export async function payByToken(network: SimulatedNetwork): Promise<void> {
  const { options, scheduler } = network;
  for (let index = 0; index < options.calls && !network.isOver; index += 1) {
    if (scheduler.chance(0.6)) {
      const state = await network.readState();
      if (state === undefined) continue;
      const { nonce, top } = state;
      await network.buyToken({
        nonce,
        amount: top + 1n + BigInt(Math.floor(scheduler.random() * 4)),
      });
    }
    await callTogether(network, 'prepaid');
  }
}

/** Makes free calls, several at once. */
export async function payNothing(network: SimulatedNetwork): Promise<void> {
  for (let index = 0; index < network.options.calls && !network.isOver; index += 1) {
    await callTogether(network, 'free');
  }
}

async function callTogether(network: SimulatedNetwork, kind: CounterKind): Promise<void> {
  const { options, scheduler } = network;
  const count = 1 + Math.floor(scheduler.random() * 3);
  const calls = Array.from({ length: count }, () =>
    network.sendByCounter(kind, kind === 'free' ? 1n : scheduler.pick(options.prices)),
  );
  await Promise.all(calls.map(({ clientEnd }) => clientEnd));
}

function signNext(line: Line, price: bigint): SimulatedPayment {
  line.signed += price;
  return { nonce: line.nonce, amount: line.signed, price };
}

async function payUntilCertain(
  network: SimulatedNetwork,
  first: SimulatedPayment,
  line: Line,
): Promise<boolean> {
  const { scheduler, options, injected } = network;
  let payment = first;
  for (let tries = 0; tries < maxTries && !network.isOver; tries += 1) {
    const isDouble = scheduler.chance(options.greed);
    const twin = isDouble ? network.send(payment) : undefined;
    const isOtherPrice = tries > 0 && scheduler.chance(options.priceChange);
    const price = isOtherPrice ? scheduler.pick(options.prices) : payment.price;
    if (price !== payment.price) injected.priceChanges += 1;
    const end = await network.send({ ...payment, price }).clientEnd;
    await twin?.clientEnd;
    if (isDouble) injected.twins += 1;
    if (isCertain(end)) {
      // To read twice what was bought once.
      if (!network.isOver && scheduler.chance(options.greed)) await network.send(payment).clientEnd;
      return true;
    }
    if (typeof end === 'object' && end.code === 1000) {
      await follow(network, line);
      if (payment.nonce < line.nonce) payment = signNext(line, payment.price);
    }
    await scheduler.pause(tries < 20 ? 500 : 2_000);
  }
  return false;
}

/** The channel was claimed: what comes next is signed at the nonce that it has now. */
async function follow(network: SimulatedNetwork, line: Line): Promise<void> {
  const state = await network.readState();
  if (state === undefined || state.nonce <= line.nonce) return;
  line.nonce = state.nonce;
  line.signed = state.top;
}

/** Served, or left by the client itself. Busy, lost and failed calls are tried again. */
function isCertain(end: ClientEnd): boolean {
  if (end === 'left') return true;
  return end !== 'lost' && end.code === 0;
}
