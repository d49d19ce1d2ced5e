import type { Plant } from './mutants/mutant.ts';
import type { SimulatedPayment } from './network.ts';
import type { SimulationOptions } from './options.ts';
import { scenarios } from './scenarios.ts';
import { checkEnding } from './simulate.ts';
import type { ClientEnd, SimulatedExchange } from './simulated-exchange.ts';
import { nextTurn } from './turn.ts';
import { type SendOptions, type SimulatedChannel, World } from './world.ts';

/** Turns without anything to do before a script goes on: promises settle in between. */
const quietTurns = 2;

/** A schedule that is written down instead of drawn: everything happens in order but what is held back. */
export interface Script {
  readonly world: World;
  readonly channel: SimulatedChannel;
  /** Holds back what bears one of these labels, and lets all else happen. */
  go(...held: string[]): Promise<void>;
  /** Lets so much time pass; things with these labels stay held back. */
  wait(ms: number, ...held: string[]): Promise<void>;
  /** A call on the first channel that its client does not leave. */
  send(payment: SimulatedPayment, options?: SendOptions): SimulatedExchange;
  /** How a call ended: a code, or what else happened to it. */
  endOf(exchange: SimulatedExchange): number | string;
  /** What the checks found, the ending in which nothing goes wrong included. */
  finish(): Promise<readonly string[]>;
}

/** What a script starts with. */
export interface ScriptOptions {
  readonly options?: Partial<SimulationOptions>;
  readonly plant?: Plant | undefined;
}

/** Two replicas and a channel on which nothing happens by chance. */
export async function openScript({ options, plant }: ScriptOptions): Promise<Script> {
  const calm = scenarios.find(({ name }) => name === 'calm') as (typeof scenarios)[number];
  const world = new World(
    { ...calm.options, replicas: 2, leave: 0, ...options, seed: 1 },
    { plant, draws: [], isTraced: true },
  );
  const { scheduler } = world;
  for (let index = 0; index < world.options.replicas; index += 1) await world.start(index);

  async function go(...held: string[]): Promise<void> {
    const isHeld = (label: string) => held.some((start) => label.startsWith(start));
    for (let quiet = 0; quiet < quietTurns; ) {
      await nextTurn();
      quiet = scheduler.happenUnless(isHeld) ? 0 : quiet + 1;
    }
  }

  return {
    world,
    channel: world.channels[0] as SimulatedChannel,
    go,
    async wait(ms, ...held) {
      const end = scheduler.now + ms;
      await go(...held);
      while (scheduler.ring(end)) await go(...held);
      scheduler.now = Math.max(scheduler.now, end);
    },
    send: (payment, sendOptions) =>
      world.send(7n, payment, { plan: 'unary', mayLeave: false, ...sendOptions }).exchange,
    endOf: ({ clientSaw }) => nameOf(clientSaw),
    async finish() {
      await checkEnding(world);
      return world.faults;
    },
  };
}

function nameOf(end: ClientEnd | undefined): number | string {
  if (end === undefined) return 'waits';
  return typeof end === 'string' ? end : end.code;
}
