import type { SimulatedPayment } from './network.ts';
import type { ClientEnd } from './simulated-exchange.ts';

const income = /^income (-?\d+) does not equal to price (\d+)$/;
const nonceText = /^incorrect payment channel nonce, latest: (\d+), sent: (\d+)$/;
const funds =
  /^not enough tokens on payment channel, channel amount: (\d+), payment amount: (\d+)$/;
/** Refusals whose text says nothing that could be wrong, by code. */
const plain: Readonly<Record<number, RegExp>> = {
  9: /^another transaction on channel: \{ID: 7\} is in progress$/,
  13: /^(unable to store new payment channel state$|payment channel error: )/,
};

/** What is wrong with the answer to a payment: a refusal must be true (ledger.md, section 12, I7). */
export function checkAnswer(end: ClientEnd, payment: SimulatedPayment): string | undefined {
  if (typeof end !== 'object') return undefined;
  const { code, message } = end;
  if (code === 0 || code === 1 || code === 14) return undefined;
  return isTrue(code, message, payment) ? undefined : `I7: ${code} ${message}`;
}

function isTrue(code: number, message: string, { price, nonce }: SimulatedPayment): boolean {
  const [, found = '', asked = ''] =
    income.exec(message) ?? nonceText.exec(message) ?? funds.exec(message) ?? [];
  if (income.test(message)) return code === 16 && found !== asked && BigInt(asked) === price;
  if (nonceText.test(message)) return code === 1000 && found !== asked && BigInt(asked) === nonce;
  if (funds.test(message)) return code === 16 && BigInt(asked) > BigInt(found);
  return plain[code]?.test(message) ?? false;
}
