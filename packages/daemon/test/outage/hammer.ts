import { connectRaw, type RawGrpcClient } from '../harness/grpc-call.ts';
import type { PaidNetwork } from '../harness/paid-network.ts';

const detect = '/text.v1.TextService/Detect';
const text = Buffer.from([0x0a, 9, ...Buffer.from('guten tag')]);

/** An answer that a client got. */
export interface HammerAnswer {
  readonly channelId: bigint;
  readonly status: number | undefined;
  readonly message: string;
  /** Of `performance.now()`, when the call was made and when it was over. */
  readonly sentAt: number;
  readonly at: number;
}

/** Clients that call one after the other on a channel each, until they are told to stop. */
export interface Hammer {
  readonly answers: readonly HammerAnswer[];
  /** Cogs of the calls that were delivered, by channel. */
  readonly delivered: ReadonlyMap<bigint, bigint>;
  /** Ends when the running calls are over. */
  stop(): Promise<void>;
}

/** How long a client waits after a refusal before it tries the same payment again. */
const pauseMs = 20;

/**
 * Calls as official clients do: one call at a time on a channel, the same payment again after a failure,
 * and a look at the state of the channel when the daemon says that the amount is not the next one.
 */
export function startHammer(network: PaidNetwork, channels: readonly bigint[]): Hammer {
  const { price, endpoint } = network.devnet;
  const answers: HammerAnswer[] = [];
  const delivered = new Map<bigint, bigint>(channels.map((channelId) => [channelId, 0n]));
  let isStopped = false;

  async function run(channelId: bigint): Promise<void> {
    let raw: RawGrpcClient | undefined;
    let amount = price;
    while (!isStopped) {
      raw ??= await connectRaw(endpoint);
      const sentAt = performance.now();
      const { status, message } = await raw.call(
        detect,
        await network.pay({ channelId, amount }),
        text,
      );
      answers.push({ channelId, status, message, sentAt, at: performance.now() });
      if (status === 0) {
        delivered.set(channelId, (delivered.get(channelId) ?? 0n) + price);
        amount += price;
        continue;
      }
      if (/income/.test(message)) {
        // Charged, or not, by a call whose answer was lost: the daemon knows.
        const state = await network.getState(channelId).catch(() => undefined);
        if (state !== undefined) amount = state.amount + price;
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    await raw?.close();
  }

  const running = channels.map(run);
  return {
    answers,
    delivered,
    async stop() {
      isStopped = true;
      await Promise.all(running);
    },
  };
}
