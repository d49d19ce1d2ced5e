import type { TargetRun } from './run-target.ts';

/** One line of figures. */
export function describeRun({ target, seed, result }: TargetRun): string {
  const { executions, covered, kept, slowestMs, grownBytes, finding } = result;
  return [
    finding === undefined ? 'ok     ' : 'FINDING',
    target.padEnd(16),
    `${executions} executions`,
    `${covered} characters of source reached`,
    `${kept} new inputs`,
    `slowest ${slowestMs.toFixed(1)} ms`,
    `${(grownBytes / 2 ** 20).toFixed(1)} MiB grown`,
    `seed ${seed}`,
  ].join('  ');
}
