const steps = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** Says when a block that is so many blocks away comes, roughly: `in 13 days`. */
export function formatBlocks(blocks: bigint, blockTimeSeconds: number): string {
  if (blocks <= 0n) return 'expired';
  const seconds = Number(blocks) * blockTimeSeconds;
  const [unit, size] = steps.find(([, length]) => seconds >= length) ?? ['minute', 60];
  const count = Math.max(1, Math.round(seconds / size));
  return `in ${count} ${unit}${count === 1 ? '' : 's'}`;
}
