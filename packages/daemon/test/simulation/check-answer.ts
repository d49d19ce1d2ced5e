import type { History } from './history.ts';
import type { Attempt } from './network.ts';
import type { ClientEnd } from './simulated-exchange.ts';

const income = /^income (-?\d+) does not equal to price (\d+)$/;
const nonceText = /^incorrect payment channel nonce, latest: (\d+), sent: (\d+)$/;
const funds =
  /^not enough tokens on payment channel, channel amount: (-?\d+), payment amount: (\d+)$/;
const expired =
  /^payment channel is near to be expired, expiration time: (\d+), current block: (\d+), expiration threshold: (\d+)$/;
/** Refusals whose text says nothing that could be wrong, by code. */
const plain: Readonly<Record<number, RegExp>> = {
  9: /^another transaction on channel: \{ID: \d+\} is in progress$/,
  13: /^(unable to store new payment channel state$|payment channel error: )/,
};

/** What is wrong with the answer to a payment: a refusal must be true (ledger.md, section 12, I7). */
export function checkAnswer(
  end: ClientEnd,
  attempt: Attempt,
  history: History,
): string | undefined {
  if (typeof end !== 'object') return undefined;
  const { code, message } = end;
  if (code === 0 || code === 1 || code === 14) return undefined;
  return isTrue(code, message, attempt, history) ? undefined : `I7: ${code} ${message}`;
}

function isTrue(code: number, message: string, attempt: Attempt, history: History): boolean {
  const { price, nonce, amount, sentStep } = attempt;
  if (code === 9 || code === 13) return plain[code]?.test(message) ?? false;
  const [, found = '', asked = '', third = ''] =
    income.exec(message) ??
    nonceText.exec(message) ??
    funds.exec(message) ??
    expired.exec(message) ??
    [];
  if (income.test(message)) {
    const isAbout = code === 16 && found !== asked && BigInt(asked) === price;
    return isAbout && history.wasIncome(BigInt(found), amount, sentStep);
  }
  if (nonceText.test(message)) {
    const isAbout = code === 1000 && found !== asked && BigInt(asked) === nonce;
    return isAbout && history.wasNonce(BigInt(found), sentStep);
  }
  if (funds.test(message)) {
    const isAbout = code === 16 && BigInt(asked) > BigInt(found) && BigInt(asked) === amount;
    return isAbout && history.wasLimit(BigInt(found), sentStep);
  }
  if (expired.test(message)) {
    return code === 16 && history.wasNearEnd(BigInt(third), sentStep, BigInt(asked));
  }
  return false;
}
