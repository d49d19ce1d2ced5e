import { textRequest } from './frames.ts';
import type { Wallet } from './wallet.ts';
import { connectWire, type WireClient } from './wire-client.ts';

/** Clients that call all the time, each on a channel of its own, one call after the other. */
export interface Lanes {
  /** Resolves when so many more calls have been answered with OK. */
  waitForCalls(count: number): Promise<void>;
  /** Lets each end the call that it has; resolves with what came of all. */
  finish(): Promise<LanesResult>;
}

/** What clients got. */
export interface LanesResult {
  /** Calls with OK, by channel. */
  readonly served: ReadonlyMap<bigint, number>;
  /** Attempts that failed and were sent once more, with the very same payment. */
  readonly repeated: number;
}

/** How long one payment is repeated before the test gives up: milliseconds. */
const patienceMs = 30_000;

/** Starts the clients against a balancer. A failed attempt is repeated exactly; nothing else settles it. */
export function startLanes(options: {
  endpoint: string;
  ca: string;
  wallet: Wallet;
  channels: readonly bigint[];
}): Lanes {
  const { endpoint, ca, wallet, channels } = options;
  const served = new Map<bigint, number>(channels.map((channelId) => [channelId, 0]));
  const waiters = new Set<() => void>();
  let total = 0;
  let repeated = 0;
  let isOver = false;

  async function runLane(channelId: bigint): Promise<void> {
    let client: WireClient | undefined;
    try {
      for (let turn = 1; !isOver; turn += 1) {
        const payment = await wallet.pay(channelId, turn);
        const deadline = Date.now() + patienceMs;
        for (;;) {
          client ??= await connectWire(endpoint, ca);
          const answer = await client.call(
            '/text.v1.TextService/Detect',
            payment,
            textRequest('guten tag'),
          );
          if (answer.status === 0 && answer.messages.length === 1) break;
          if (Date.now() > deadline) {
            throw new Error(
              `channel ${channelId}, call ${turn}: ${answer.status} ${answer.message}`,
            );
          }
          repeated += 1;
          client.close();
          client = undefined;
        }
        served.set(channelId, turn);
        total += 1;
        for (const look of waiters) look();
      }
    } finally {
      client?.close();
    }
  }

  const running = Promise.all(channels.map(runLane));
  // Told by whoever waits for the end.
  running.catch(() => {});
  return {
    waitForCalls(count) {
      const goal = total + count;
      const reached = new Promise<void>((resolve) => {
        const look = () => {
          if (total < goal) return;
          waiters.delete(look);
          resolve();
        };
        waiters.add(look);
        look();
      });
      return Promise.race([reached, running.then(() => {})]);
    },
    async finish() {
      isOver = true;
      await running;
      return { served, repeated };
    },
  };
}
