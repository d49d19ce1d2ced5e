import type { Attempt } from '../client/attempt.ts';
import { createChannelBook } from '../client/channel-book.ts';
import { type CallChoice, plainCall } from '../client/choose-call.ts';
import { readState } from '../client/read-state.ts';
import { runLane, type Shop } from '../client/run-lane.ts';
import type { PayerContext } from '../client/send-payment.ts';
import { createWireClient } from '../client/session.ts';
import { pause } from '../pause.ts';
import { createRandom, type Random } from '../random.ts';
import { reconcile } from '../run/reconcile.ts';
import type { World } from '../world/world.ts';

/** Two replicas, many channels, every channel used at both replicas at once. */
export interface HammerOptions {
  readonly world: World;
  readonly seed: string;
  readonly channels: number;
  readonly kills: number;
  /** Milliseconds from one kill to the next. */
  readonly everyMs: number;
}

/** What came of it. */
export interface HammerResult {
  readonly calls: number;
  readonly delivered: number;
  readonly handed: number;
  readonly charged: number;
  readonly honoured: number;
  readonly chargedNotServed: readonly string[];
  readonly servedNotCharged: readonly string[];
  readonly unusable: number;
  readonly violations: readonly string[];
  /** For each kill the slowest channel: milliseconds from the first call after it to success, at the survivor. */
  readonly recoveryMs: readonly number[];
}

/** What a client does with an answer takes up to so long; without it the machine itself is hammered. */
const thinkMs = 500;
/** Nobody waits longer for the survivor: 30 s. */
const maxRecoveryMs = 30_000;

/** Hammers all channels through both replicas while one or the other is killed; then settles the accounts. */
export async function hammer(options: HammerOptions): Promise<HammerResult> {
  const { world, seed, channels, kills, everyMs } = options;
  const random = createRandom(seed);
  const { price, replicas, wallet } = world;
  world.service.served.clear();
  const ids = await world.openChannels(channels, 5_000);
  const books = ids.map((channelId) =>
    createChannelBook({ channelId, kind: 'ahead', price, calls: 5_000 }),
  );
  const startedAt = performance.now();
  let attempts = 0;
  let recovery: Recovery | undefined;
  const context: PayerContext = {
    wallet,
    allowGap: true,
    now: () => performance.now() - startedAt,
    nextId: () => {
      attempts += 1;
      return String(attempts);
    },
    onAttempt: (attempt, channelId) => recovery?.note(attempt, channelId),
  };
  const shops: Shop[] = replicas.map(({ name, endpoint }) => ({
    name,
    client: createWireClient(endpoint),
  }));
  const ask = async (shop: Shop, channelId: bigint) => {
    const alive = shops.find((one, at) => one === shop && replicas[at]?.isUp);
    const { client } = alive ?? shops.find((_, at) => replicas[at]?.isUp) ?? shop;
    const block = await world.chain.blockNumber();
    return readState(client, { wallet, channelId, block, timeoutMs: 5_000 });
  };

  const over = new AbortController();
  const lanes = books.flatMap((book, at) =>
    shops.map((shop) =>
      runLane({
        ...{ book, context, stop: over.signal, readState: ask, choose: chooseGood, thinkMs },
        shops: [shop],
        random: random.fork(`${at}/${shop.name}`),
      }),
    ),
  );
  const recoveryMs: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    await pause(everyMs * (0.5 + random.next() / 2));
    const victim = replicas[kill % replicas.length];
    const survivor = shops[(kill + 1) % shops.length];
    if (victim === undefined || survivor === undefined) throw new Error('two replicas are needed');
    await victim.kill();
    const killedAt = context.now();
    recovery = new Recovery(survivor.name, killedAt, ids);
    while (!recovery.isComplete && context.now() - killedAt < maxRecoveryMs) await pause(20);
    recoveryMs.push(recovery.isComplete ? Math.round(recovery.slowest) : Number.POSITIVE_INFINITY);
    await victim.start();
  }
  await pause(everyMs / 2);
  over.abort();
  await Promise.all(lanes);
  const calls = attempts;
  const verdicts = await Promise.all(
    books.map((book) =>
      reconcile({
        ...{ book, shops, context, readState: ask, random: random.fork('reconcile') },
        served: world.service.served,
        cutsWires: false,
        deaths: kills,
        claimed: 0n,
        restMs: 30_000,
        usableMs: 10_000,
      }),
    ),
  );
  for (const { client } of shops) client.close();
  const sum = (key: 'delivered' | 'handed' | 'charged' | 'honoured') =>
    verdicts.reduce((total, verdict) => total + verdict[key], 0);
  return {
    calls,
    delivered: sum('delivered'),
    handed: sum('handed'),
    charged: sum('charged'),
    honoured: sum('honoured'),
    chargedNotServed: verdicts.flatMap(({ chargedNotServed }) => chargedNotServed),
    servedNotCharged: verdicts.flatMap(({ servedNotCharged }) => servedNotCharged),
    unusable: verdicts.filter(({ isUnusable }) => isUnusable).length,
    violations: verdicts.flatMap(({ violations }) => violations),
    recoveryMs,
  };
}

/** Every call goes well, so that only the kills are to blame for what does not. */
function chooseGood(random: Random): CallChoice {
  const plan = random.pick(['m,e0', 'm,e0', 'w20,m,e0', 'm,w10,m,e0']);
  return { ...plainCall, plan };
}

/** What the channels do at the survivor of a kill. */
class Recovery {
  readonly #survivor: string;
  readonly #killedAt: number;
  readonly #waiting: Set<bigint>;
  readonly #firstTry = new Map<bigint, number>();
  /** Milliseconds of the slowest channel so far. */
  slowest = 0;

  constructor(survivor: string, killedAt: number, channels: readonly bigint[]) {
    this.#survivor = survivor;
    this.#killedAt = killedAt;
    this.#waiting = new Set(channels);
  }

  /** Every channel had a call served that began after the kill. */
  get isComplete(): boolean {
    return this.#waiting.size === 0;
  }

  note({ replica, sentAt, endedAt, status }: Attempt, channelId: bigint): void {
    if (replica !== this.#survivor || sentAt < this.#killedAt) return;
    if (!this.#waiting.has(channelId)) return;
    const firstTry = Math.min(sentAt, this.#firstTry.get(channelId) ?? sentAt);
    this.#firstTry.set(channelId, firstTry);
    if (status !== 0) return;
    this.slowest = Math.max(this.slowest, endedAt - firstTry);
    this.#waiting.delete(channelId);
  }
}
