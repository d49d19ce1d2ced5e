import type { Goal, Ratio } from './ratios.ts';
import type { Figure, RowResult } from './row.ts';

/** A whole run. */
export interface Report {
  /** Whether daemons and load had a core each. */
  readonly pinned: boolean;
  readonly rounds: number;
  readonly rows: readonly RowResult[];
  readonly ratios: readonly Ratio[];
}

/** A run for a person: medians with the spread over the rounds, then the ratios. */
export function formatReport({ pinned, rounds, rows, ratios }: Report): string {
  const rowWidth = Math.max(...rows.map(({ name }) => name.length)) + 1;
  const ratioWidth = Math.max(0, ...ratios.map(({ name }) => name.length)) + 1;
  const lines = [
    `Medians of ${rounds} round${rounds === 1 ? '' : 's'} (lowest to highest); ${describePinning(pinned)}`,
    '',
    `${'row'.padEnd(rowWidth)}${'calls/s'.padStart(24)}${'p50 ms'.padStart(28)}${'p99 ms'.padStart(9)}${'daemon us'.padStart(11)}`,
    ...rows.map(
      ({ name, callsPerSecond, p50, p99, serverMicros }) =>
        name.padEnd(rowWidth) +
        show(callsPerSecond).padStart(24) +
        show(p50).padStart(28) +
        p99.median.toFixed(2).padStart(9) +
        (serverMicros?.median.toFixed(0) ?? '').padStart(11),
    ),
    '',
    ...ratios.map(
      ({ name, value, unit, goal, met }) =>
        `${name.padEnd(ratioWidth)}${`${value.toFixed(unit === 'ms' ? 3 : 2)} ${unit.padEnd(2)}`.padStart(10)}  ${describeGoal(goal, met)}`,
    ),
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function describePinning(pinned: boolean): string {
  return pinned
    ? 'daemons on one core, the service on another'
    : 'daemons and load share all cores, because taskset is missing';
}

function show({ median, lowest, highest }: Figure): string {
  // Three digits that count are more than a machine repeats.
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(median, 0.1))));
  return `${median.toFixed(digits)} (${lowest.toFixed(digits)}-${highest.toFixed(digits)})`;
}

function describeGoal(goal: Goal | undefined, met: boolean | undefined): string {
  if (goal === undefined) return '';
  return `goal ${textOf(goal)}: ${met ? 'met' : 'NOT MET'}`;
}

function textOf({ atLeast, atMost, noSlower }: Goal): string {
  if (noSlower === true) return 'no slower beyond the spread or 5 %';
  return atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
}
