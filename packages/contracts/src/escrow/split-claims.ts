/**
 * Gas of a transaction that claims one more channel: cold reads of the channel's seven slots, the
 * recovery of the signer, writes of value and nonce, the event, and its 224 bytes of call data. Higher
 * than what was measured (51,000), since the first claim of a recipient writes a new balance.
 */
const gasOfClaim = 65_000;
const gasOfTransaction = 50_000;

/**
 * Cuts claims into batches that stay below a bound of gas each. Inside this package only.
 *
 * @param maxGas - gas of one transaction; a batch has one claim at least
 */
export function splitClaims<claim>(
  claims: readonly claim[],
  maxGas: bigint,
): readonly (readonly claim[])[] {
  const room = Math.floor((Number(maxGas) - gasOfTransaction) / gasOfClaim);
  const size = Math.max(1, room);
  return Array.from({ length: Math.ceil(claims.length / size) }, (_, index) =>
    claims.slice(index * size, (index + 1) * size),
  );
}
