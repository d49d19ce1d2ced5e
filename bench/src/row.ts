import { readCpuMicros } from './load/read-cpu-micros.ts';
import type { LoadResult } from './load/run-load.ts';

/** One thing that is measured, in every round anew. */
export interface Row {
  readonly name: string;
  readonly inFlight: number;
  /** Process that serves the calls: the processor time that it takes is told, too. */
  readonly server?: { readonly pid: number } | undefined;
  run(): Promise<LoadResult>;
}

/** A row over all rounds. */
export interface RowResult {
  readonly name: string;
  readonly inFlight: number;
  readonly callsPerSecond: Figure;
  /** Milliseconds. */
  readonly p50: Figure;
  readonly p99: Figure;
  /** Processor time of the server in microseconds for each call; where the system tells. */
  readonly serverMicros?: Figure;
  /** What else was counted in each round, by name. */
  readonly counts: Readonly<Record<string, Figure>>;
}

/** A median, and the lowest and highest of all rounds. */
export interface Figure {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** The first rounds, in which every process still compiles its code, do not count. */
export const warmUpRounds = 2;

/** Runs all rows once a round, so that what the machine does besides falls on all of them. */
export async function runRows(
  rows: readonly Row[],
  rounds: number,
  /** Told before each row; warm-ups have numbers below 1. */
  onRow: (name: string, round: number) => void,
): Promise<readonly RowResult[]> {
  const results = new Map<Row, Measured[]>(rows.map((row) => [row, []]));
  for (let round = 1 - warmUpRounds; round <= rounds; round += 1) {
    for (const row of rows) {
      onRow(row.name, round);
      const before = readServer(row);
      const ran = await row.run();
      const used = readServer(row) - before;
      const result = Number.isNaN(used) ? ran : { ...ran, serverMicros: used / ran.calls };
      if (round > 0) results.get(row)?.push(result);
    }
  }
  return [...results].map(([{ name, inFlight }, runs]) => ({
    name,
    inFlight,
    callsPerSecond: figureOf(runs.map((run) => run.callsPerSecond)),
    p50: figureOf(runs.map((run) => run.p50)),
    p99: figureOf(runs.map((run) => run.p99)),
    ...(runs[0]?.serverMicros !== undefined && {
      serverMicros: figureOf(runs.map(({ serverMicros = 0 }) => serverMicros)),
    }),
    counts: Object.fromEntries(
      Object.keys(runs[0]?.counts ?? {}).map((count) => [
        count,
        figureOf(runs.map(({ counts }) => counts?.[count] ?? 0)),
      ]),
    ),
  }));
}

interface Measured extends LoadResult {
  readonly serverMicros?: number;
}

/** `NaN` when the row has no server, or nobody can tell. */
function readServer({ server }: Row): number {
  return (server && readCpuMicros(server.pid)) ?? Number.NaN;
}

function figureOf(values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => Number((sorted[index] ?? 0).toPrecision(4));
  return {
    median: at(Math.floor(sorted.length / 2)),
    lowest: at(0),
    highest: at(sorted.length - 1),
  };
}
