import { setTimeout as sleep } from 'node:timers/promises';
import { anyRefusal, type CallPlan } from './call-plan.ts';
import type { Cost, PayingChannel } from './paying-channel.ts';
import type { Outcome, Transport } from './transport.ts';

/** What is counted of all clients. */
export interface SoakTally {
  /** Calls by plan: how many went as they had to. */
  readonly asPlanned: Map<string, number>;
  /** The same for those that went otherwise, with what was seen first. */
  readonly otherwise: Map<string, { count: number; first: string }>;
  /** Times that a client had to ask what the daemon has. */
  resyncs: number;
  /** Channels on which the daemon had something else than the client knew. */
  readonly differences: string[];
}

/** One client with a channel of its own, one call after the other. */
export interface SoakClientOptions {
  readonly name: string;
  readonly transport: Transport;
  readonly channel: PayingChannel;
  /** What it does, each as often as its share. */
  readonly plans: readonly CallPlan[];
  readonly tally: SoakTally;
  /** Milliseconds between two calls at most. */
  readonly thinkMs: number;
  readonly stop: AbortSignal;
}

/** Calls until a connection is made anew, on average. */
const callsPerConnection = 100;

/**
 * Makes calls until it is stopped. After each it knows what it must have cost: the next payment would
 * be refused if the daemon thought otherwise.
 */
export async function runSoakClient(options: SoakClientOptions): Promise<void> {
  const { transport, channel, plans, tally, thinkMs, stop, name } = options;
  while (!stop.aborted) {
    await sleep(thinkMs * Math.random());
    if (Math.random() < 1 / callsPerConnection) transport.reconnect();
    const plan = choosePlan(plans);
    const outcome = await transport.call(plan, channel.pay(plan.wrong));
    if (isAsPlanned(plan, outcome)) {
      tally.asPlanned.set(plan.name, (tally.asPlanned.get(plan.name) ?? 0) + 1);
      if (plan.isCharged) channel.advance();
      continue;
    }
    const { status = 'none', messages, text } = outcome;
    const seen = `${name}: status ${status}, ${messages} messages, ${text}`;
    const before = tally.otherwise.get(plan.name);
    tally.otherwise.set(plan.name, {
      count: (before?.count ?? 0) + 1,
      first: before?.first ?? seen,
    });
    tally.resyncs += 1;
    const difference = await channel.resync(costOf(outcome));
    if (difference !== undefined) tally.differences.push(`${name}, ${plan.name}: ${difference}`);
  }
}

/** By the table of design.md; a connection that broke leaves the client in doubt. */
function costOf({ status }: Outcome): Cost {
  if (status === undefined) return 'either';
  return status === 0 ? 'price' : 'nothing';
}

function isAsPlanned(plan: CallPlan, { status, messages }: Outcome): boolean {
  if (plan.leaves === 'after') return messages > 0;
  if (plan.leaves === 'before') return messages === 0 && status === undefined;
  if (plan.status === anyRefusal) return status !== undefined && status !== 0 && messages === 0;
  return status === plan.status;
}

function choosePlan(plans: readonly CallPlan[]): CallPlan {
  const sum = plans.reduce((total, { share }) => total + share, 0);
  let left = Math.random() * sum;
  for (const plan of plans) {
    left -= plan.share;
    if (left < 0) return plan;
  }
  return plans[0] as CallPlan;
}
