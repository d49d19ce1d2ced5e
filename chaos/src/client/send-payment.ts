import { attemptHeader, planHeader } from '../service/flaky-service.ts';
import type { Attempt } from './attempt.ts';
import type { ChannelBook, Slot } from './channel-book.ts';
import type { CallChoice } from './choose-call.ts';
import type { WireClient } from './session.ts';
import type { Wallet } from './wallet.ts';

/** What every client of a run shares. */
export interface PayerContext {
  readonly wallet: Wallet;
  readonly allowGap: boolean;
  /** Milliseconds since the start of the run. */
  now(): number;
  nextId(): string;
  /** Told of every attempt that is over. */
  onAttempt?(attempt: Attempt, channelId: bigint): void;
}

/** Sends one payment once, and notes in its slot what came back. */
export async function sendPayment(
  { name, client }: { name: string; client: WireClient },
  { channelId, price }: Pick<ChannelBook, 'channelId' | 'price'>,
  slot: Slot,
  { choice, context }: { choice: CallChoice; context: PayerContext },
): Promise<Attempt> {
  const { plan, manner, keepsOpen, leaveAfterMs } = choice;
  const id = context.nextId();
  const payment = { channelId, nonce: slot.nonce, amount: BigInt(slot.index) * price };
  const sentAt = context.now();
  const answer = await client.call({
    path: '/text.v1.TextService/Detect',
    headers: {
      ...context.wallet.pay(payment, { allowGap: context.allowGap }),
      [planHeader]: plan,
      [attemptHeader]: id,
    },
    keepsOpen,
    leaveOnFirst: manner === 'leaveAfterFirst',
    ...(leaveAfterMs !== undefined && { leaveAfterMs }),
  });
  const { first, status, message, left, unsent } = answer;
  const attempt: Attempt = {
    ...{ id, replica: name, plan, manner, keepsOpen, sentAt, endedAt: context.now() },
    ...{ first, status, message, left, unsent },
  };
  slot.attempts.push(attempt);
  context.onAttempt?.(attempt, channelId);
  return attempt;
}
