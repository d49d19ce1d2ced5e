import type { Ratio } from './ratios.ts';
import type { Figure, RowResult } from './row.ts';

/** A whole run. */
export interface Report {
  readonly rounds: number;
  readonly rows: readonly RowResult[];
  readonly ratios: readonly Ratio[];
}

/** Prints a run for a person: medians with the spread over the rounds, then the ratios. */
export function printReport({ rounds, rows, ratios }: Report): void {
  const lines = [
    `Medians of ${rounds} rounds (lowest to highest)`,
    '',
    `${'row'.padEnd(40)}${'calls/s'.padStart(24)}${'p50 ms'.padStart(24)}${'p99 ms'.padStart(10)}`,
    ...rows.map(
      ({ name, callsPerSecond, p50, p99 }) =>
        name.padEnd(40) +
        show(callsPerSecond, 0).padStart(24) +
        show(p50, 3).padStart(24) +
        p99.median.toFixed(2).padStart(10),
    ),
    '',
    ...ratios.map(
      ({ name, value, unit, goal, met }) =>
        `${name.padEnd(52)}${`${value.toFixed(unit === 'ms' ? 3 : 2)} ${unit}`.padStart(12)}  ${describeGoal(goal, met)}`,
    ),
  ];
  process.stdout.write(`${lines.map((line) => line.trimEnd()).join('\n')}\n`);
}

function show({ median, lowest, highest }: Figure, digits: number): string {
  return `${median.toFixed(digits)} (${lowest.toFixed(digits)}-${highest.toFixed(digits)})`;
}

function describeGoal(goal: Ratio['goal'], met: boolean | undefined): string {
  if (goal === undefined) return '';
  const text =
    goal.atLeast === undefined ? `goal at most ${goal.atMost}` : `goal at least ${goal.atLeast}`;
  return `${text}: ${met ? 'met' : 'NOT MET'}`;
}
