/**
 * The nonce of an account's next transaction: the number that the chain expects, unless transactions
 * of this process that the chain may not know yet come before it.
 *
 * @param pending - count of the account's transactions, mined and waiting
 * @param inFlight - nonces that this process has sent and not seen mined
 */
export function chooseNonce(pending: number, inFlight: Iterable<number>): number {
  let nonce = pending;
  for (const sent of inFlight) if (sent >= nonce) nonce = sent + 1;
  return nonce;
}
