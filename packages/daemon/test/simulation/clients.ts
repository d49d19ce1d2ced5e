import { checkAnswer } from './check-answer.ts';
import type { SimulatedNetwork, SimulatedPayment } from './network.ts';
import type { ClientEnd } from './simulated-exchange.ts';

/** The client's own count of a channel. */
interface Line {
  nonce: bigint;
  /** Highest amount signed at the nonce: cogs. */
  signed: bigint;
}

/** As official clients: reads the state, signs the next amount, waits for the end, never retries. */
export async function payInTurn(network: SimulatedNetwork): Promise<void> {
  const { scheduler, options } = network;
  for (let index = 0; index < options.calls; index += 1) {
    const state = await network.readState();
    if (state === undefined) continue;
    const price = scheduler.pick(options.prices);
    await sendOnce(network, { nonce: state.nonce, amount: state.top + price, price });
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
    if (options.shuffle && scheduler.chance(0.5)) await wait(network, 1_500 * scheduler.random());
    return payUntilCertain(network, payment, line);
  });
  const areServed = await Promise.all(ends);
  if (options.strictLiveness && areServed.includes(false)) {
    faults.push('L: a payment was never served');
  }
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
  const { scheduler, options } = network;
  let payment = first;
  for (let tries = 0; tries < 60; tries += 1) {
    const twin = scheduler.chance(options.greed) ? network.send(payment) : undefined;
    const end = await sendOnce(network, payment);
    await twin?.clientEnd;
    if (isCertain(end)) {
      // To read twice what was bought once.
      if (scheduler.chance(options.greed)) await network.send(payment).clientEnd;
      return true;
    }
    if (typeof end === 'object' && end.code === 1000) {
      await follow(network, line);
      if (payment.nonce < line.nonce) payment = signNext(line, payment.price);
    }
    await wait(network, 500);
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

async function sendOnce(network: SimulatedNetwork, payment: SimulatedPayment): Promise<ClientEnd> {
  const end = await network.send(payment).clientEnd;
  const fault = checkAnswer(end, payment);
  if (fault !== undefined) network.faults.push(fault);
  return end;
}

function wait({ scheduler }: SimulatedNetwork, ms: number): Promise<void> {
  return new Promise((resolve) => {
    scheduler.timers(() => false).after(ms, resolve);
  });
}

/** Served, or left by the client itself. Busy, lost and failed calls are tried again. */
function isCertain(end: ClientEnd): boolean {
  if (end === 'left') return true;
  return end !== 'lost' && end.code === 0;
}
