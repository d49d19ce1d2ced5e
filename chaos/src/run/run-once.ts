import { type ChannelBook, createChannelBook } from '../client/channel-book.ts';
import { readState } from '../client/read-state.ts';
import { runLane, type Shop } from '../client/run-lane.ts';
import type { PayerContext } from '../client/send-payment.ts';
import { createWireClient } from '../client/session.ts';
import { chooseFaults } from '../faults/choose-faults.ts';
import type { FaultScene } from '../faults/fault.ts';
import { pause } from '../pause.ts';
import { createRandom } from '../random.ts';
import type { World } from '../world/world.ts';
import { type ChannelVerdict, reconcile } from './reconcile.ts';
import type { RunResult } from './run-result.ts';
import { keepLogs, writeHistory } from './write-history.ts';

/** One run. */
export interface RunOptions {
  readonly world: World;
  /** Decides everything that can be decided. */
  readonly seed: string;
  /** Clients stop when so many calls were begun and every fault is over. */
  readonly calls: number;
  /** Milliseconds in which a fresh payment must succeed afterwards. */
  readonly usableMs: number;
  /** Where the history of a channel goes that does not add up. */
  readonly historyDirectory: string;
  /** Told of all that the clients did. */
  onBooks?(books: readonly ChannelBook[]): void;
}

/** Money for so many calls on each channel. */
const channelCalls = 400;
/** What a client does with an answer takes up to so long: the calls are there to be hit, not to fill the machine. */
const thinkMs = 40;
/** No run goes on for longer, however slow the machine is. */
const maxLoadMs = 15_000;

/** Lets clients pay while the world goes wrong, brings everything to rest and settles the accounts. */
export async function runOnce(options: RunOptions): Promise<RunResult> {
  const { world, seed, calls, usableMs, historyDirectory } = options;
  const random = createRandom(seed);
  const startedAt = performance.now();
  const planned = chooseFaults(world, random.fork('faults'), calls);
  const cutsWires = planned.some(({ fault }) => fault.cutsWires === true);
  const poor = planned.find(({ fault }) => fault.poorCalls !== undefined)?.fault.poorCalls;
  world.service.served.clear();

  const count = random.between(3, 6);
  const ids = await world.openChannels(count, poor ?? channelCalls);
  const books = ids.map((channelId, index) =>
    createChannelBook({
      channelId,
      kind: index === 0 || random.chance(0.3) ? 'official' : 'ahead',
      price: world.price,
      calls: channelCalls,
    }),
  );
  let attempts = 0;
  let sent = 0;
  const context: PayerContext = {
    wallet: world.wallet,
    allowGap: random.chance(0.5),
    now: () => Math.round(performance.now() - startedAt),
    nextId: () => {
      attempts += 1;
      return String(attempts);
    },
    onAttempt({ unsent }) {
      if (!unsent) sent += 1;
    },
  };
  const shops: Shop[] = world.replicas.map(({ name, endpoint, wire }) => ({
    name,
    client: createWireClient(cutsWires ? `http://${wire.host}` : endpoint),
  }));
  // Asks over connections of its own, as another program of the same client would.
  const askers = new Map(
    world.replicas.map(({ name, endpoint }) => [name, createWireClient(endpoint)]),
  );
  const ask = async ({ name, client }: Shop, channelId: bigint) =>
    readState(askers.get(name) ?? client, {
      wallet: context.wallet,
      channelId,
      block: await world.chain.blockNumber(),
      timeoutMs: 3_000,
    });

  const tally = { kills: 0, storeKills: 0, deaths: 0 };
  const over = new AbortController();
  const claimed = new Map<string, bigint>();
  const scene: FaultScene = { world, random, books, signal: over.signal, tally, claimed };
  for (const { fault } of planned) await fault.prepare?.(scene);
  const lanes = books.flatMap((book) =>
    Array.from({ length: book.kind === 'official' ? 1 : random.between(2, 6) }, (_, lane) =>
      runLane({
        ...{ book, shops, context, thinkMs, stop: over.signal, readState: ask },
        random: random.fork(`${book.channelId - (ids[0] ?? 0n)}/${lane}`),
      }),
    ),
  );
  const loadEnd = performance.now() + maxLoadMs;
  const untilCall = async (number: number) => {
    while (sent < number && performance.now() < loadEnd) await pause(2);
  };
  const strikes = planned.map(async ({ fault, atCall }) => {
    await untilCall(atCall);
    await fault.strike({ ...scene, random: random.fork(fault.name) });
  });
  const timer = setTimeout(() => over.abort(), maxLoadMs);
  const failed = (await Promise.allSettled(strikes)).filter(({ status }) => status === 'rejected');
  await untilCall(calls);
  clearTimeout(timer);
  over.abort();
  await world.heal();
  await Promise.all(lanes);
  for (const { fault } of planned) await fault.finish?.(scene);

  const verdicts = await Promise.all(
    books.map(async (book) => {
      const verdict = await reconcile({
        ...{ book, shops, context, cutsWires, usableMs, readState: ask },
        random: random.fork('reconcile'),
        served: world.service.served,
        deaths: tally.deaths,
        claimed: sumOf(claimed, book.channelId),
        restMs: 15_000,
      });
      return { book, verdict };
    }),
  );
  options.onBooks?.(books);
  for (const shop of shops) shop.client.close();
  for (const asker of askers.values()) asker.close();

  const violations = failed.map((one) => `fault: ${(one as PromiseRejectedResult).reason}`);
  for (const { book, verdict } of verdicts) {
    if (!isBad(verdict)) continue;
    const names = planned.map(({ fault, atCall }) => `${fault.name} at call ${atCall}`);
    const file = await writeHistory({
      directory: historyDirectory,
      ...{ seed, book, verdict, faults: names, served: world.service.served },
    });
    violations.push(
      ...verdict.violations.map((line) => `channel ${book.channelId}: ${line}`),
      `channel ${book.channelId}: history in ${file}`,
    );
  }
  if (violations.length > 0) await keepLogs(world, { directory: historyDirectory, seed });
  const sum = (of: (verdict: ChannelVerdict) => number) =>
    verdicts.reduce((total, { verdict }) => total + of(verdict), 0);
  return {
    store: world.store.name,
    seed,
    faults: planned.map(({ fault }) => fault.name),
    kills: tally.kills,
    storeKills: tally.storeKills,
    channels: books.length,
    calls: sent,
    delivered: sum(({ delivered }) => delivered),
    handed: sum(({ handed }) => handed),
    charged: sum(({ charged }) => charged),
    refused: countRefused(books),
    honoured: sum(({ honoured }) => honoured),
    chargedNotServed: sum(({ chargedNotServed }) => chargedNotServed.length),
    servedNotCharged: sum(({ servedNotCharged }) => servedNotCharged.length),
    unusable: sum(({ isUnusable }) => (isUnusable ? 1 : 0)),
    violations,
    seconds: (performance.now() - startedAt) / 1000,
  };
}

function sumOf(claimed: ReadonlyMap<string, bigint>, channelId: bigint): bigint {
  return [...claimed]
    .filter(([key]) => key.startsWith(`${channelId}/`))
    .reduce((sum, [, amount]) => sum + amount, 0n);
}

function isBad({ chargedNotServed, servedNotCharged, isUnusable, violations }: ChannelVerdict) {
  return chargedNotServed.length + servedNotCharged.length + violations.length > 0 || isUnusable;
}

function countRefused(books: readonly ChannelBook[]): number {
  return books
    .flatMap(({ slots }) => slots.flatMap(({ attempts }) => attempts))
    .filter(({ status, first, message }) => !first && (status ?? 0) !== 0 && message !== 'planned')
    .length;
}
