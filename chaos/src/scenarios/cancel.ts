import type { Manner } from '../client/attempt.ts';
import { readState } from '../client/read-state.ts';
import { createWireClient } from '../client/session.ts';
import { pause } from '../pause.ts';
import { attemptHeader, planHeader } from '../service/flaky-service.ts';
import type { World } from '../world/world.ts';

/** Clients that all do the same at once, each on a channel of its own. */
export interface CancelOptions {
  readonly world: World;
  readonly channels: readonly bigint[];
  /** The payment that each makes: so many prices. */
  readonly index: number;
  /** What the service does; see `parsePlan`. */
  readonly plan: string;
  readonly keepsOpen: boolean;
  /** `leaveAfterFirst` leaves on the first byte, `leaveHeld` when all calls have reached the service. */
  readonly manner: Extract<Manner, 'leaveAfterFirst' | 'leaveHeld'>;
}

/** What came of it. */
export interface CancelResult {
  /** Clients that had a byte of a message. */
  readonly served: number;
  /** Calls that the service saw being left. */
  readonly leftAtService: number;
  /** Channels that are charged for this payment, once all is at rest. */
  readonly charged: number;
}

/** Longest wait for anything here: 20 s. */
const deadlineMs = 20_000;

/** Lets all clients call at once and leave, and counts who is charged. */
export async function cancelAtOnce(options: CancelOptions): Promise<CancelResult> {
  const { world, channels, index, plan, keepsOpen, manner } = options;
  const { wallet, price, service } = world;
  const [replica] = world.replicas;
  if (replica === undefined) throw new Error('the world has no replica');
  const amount = price * BigInt(index);
  service.served.clear();
  const clients = channels.map(() => createWireClient(replica.endpoint));
  const leaving = new AbortController();
  const answers = channels.map((channelId, at) => {
    const call = {
      path: '/text.v1.TextService/Detect',
      headers: {
        ...wallet.pay({ channelId, nonce: 0n, amount }),
        [planHeader]: plan,
        [attemptHeader]: String(at),
      },
      keepsOpen,
      leaveOnFirst: manner === 'leaveAfterFirst',
      leaveAfterMs: deadlineMs,
      leaveOn: leaving.signal,
    };
    return clients[at]?.call(call);
  });
  if (manner === 'leaveHeld') await until(() => service.heldCount === channels.length);
  if (manner === 'leaveHeld') leaving.abort();
  const served = (await Promise.all(answers)).filter((answer) => answer?.first).length;
  await until(() => service.heldCount === 0);
  const leftAtService = [...service.served.values()].filter(({ end }) => end === 'left').length;

  const block = await world.chain.blockNumber();
  const asker = createWireClient(replica.endpoint);
  const states = await Promise.all(
    channels.map((channelId) =>
      readState(asker, { wallet, channelId, block, timeoutMs: deadlineMs }),
    ),
  );
  for (const client of [...clients, asker]) client.close();
  const charged = states.filter((state) => {
    if (typeof state === 'string') throw new Error(`no state: ${state}`);
    return state.amount === amount && state.open.length === 0;
  }).length;
  return { served, leftAtService, charged };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + deadlineMs;
  while (!condition() && performance.now() < deadline) await pause(10);
}
