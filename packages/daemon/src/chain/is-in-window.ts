/** How far from the latest block a signed block number may lie (daemon.md, section 3). */
const windowBlocks = 5n;

/** Whether a signature over a block number is fresh. */
export function isInWindow(signed: bigint, latest: bigint): boolean {
  const distance = signed > latest ? signed - latest : latest - signed;
  return distance <= windowBlocks;
}
