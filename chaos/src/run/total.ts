import type { RunResult } from './run-result.ts';

const sums = [
  ...['kills', 'storeKills', 'channels', 'calls', 'delivered', 'handed', 'charged', 'refused'],
  ...['honoured', 'chargedNotServed', 'servedNotCharged', 'unusable', 'seconds'],
] as const;

type Sums = Pick<
  RunResult,
  | 'kills'
  | 'storeKills'
  | 'channels'
  | 'calls'
  | 'delivered'
  | 'handed'
  | 'charged'
  | 'refused'
  | 'honoured'
  | 'chargedNotServed'
  | 'servedNotCharged'
  | 'unusable'
  | 'seconds'
>;

/** All runs on one store together. */
export interface Total extends Sums {
  readonly store: 'sqlite' | 'etcd';
  readonly runs: number;
  /** How often each fault struck. */
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: readonly string[];
  /** No difference and no violation. */
  readonly isGood: boolean;
}

/** Adds the results of runs up. */
export function addUp(store: Total['store'], results: readonly RunResult[]): Total {
  const sum = Object.fromEntries(
    sums.map((name) => [
      name,
      results.reduce((total, result) => total + Number(result[name as keyof Sums]), 0),
    ]),
  ) as unknown as Sums;
  const faults: Record<string, number> = {};
  for (const name of results.flatMap((result) => result.faults)) {
    faults[name] = (faults[name] ?? 0) + 1;
  }
  const violations = results.flatMap((result) =>
    result.violations.map((line) => `${result.seed}: ${line}`),
  );
  const { chargedNotServed, servedNotCharged, unusable } = sum;
  const isGood = chargedNotServed + servedNotCharged + unusable + violations.length === 0;
  return { store, runs: results.length, ...sum, faults, violations, isGood };
}
