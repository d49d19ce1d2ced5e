import type { Failure } from './explore.ts';
import type { Injections } from './injections.ts';
import type { SimulationOptions } from './options.ts';
import type { Scenario } from './scenarios.ts';
import type { SmallFailure } from './shrink.ts';

/** One row of the table of scenarios. */
export interface ScenarioTally {
  schedules: number;
  steps: number;
}

/** How what is counted is called in the table. */
const names: Readonly<Record<keyof Injections, string>> = {
  calls: 'calls',
  delivered: 'first messages handed over',
  charged: 'payments served',
  kills: 'kills of replicas',
  lingering: '... whose lease outlived them',
  leasesLost: 'leases lost by living replicas',
  unknownOutcomes: 'commits of unknown outcome',
  lateCommits: '... that applied later',
  outages: 'store outages',
  failedReads: 'reads that failed',
  conflicts: 'conflicts',
  sharedWrites: 'requests shared by several items',
  leaves: 'clients that left',
  failuresBefore: 'upstream failures before the first message',
  failuresAfter: 'upstream failures after it',
  slow: 'slow upstreams',
  twins: 'payments sent twice at once',
  priceChanges: 'retries at another price',
  claims: 'claims started',
  landed: '... that landed',
  outside: 'claims outside the daemons',
  timeouts: 'channels taken back by their senders',
  overtaken: 'claims overtaken by either',
  reorganisations: 'reorganisations',
  topUps: 'top-ups',
  orphansProbed: 'payments of the dead that were tried again at the end',
  cuts: 'schedules cut short, all replicas dead',
  counterCalls: 'prepaid and free calls',
  tokens: 'tokens bought',
};

/** The table of what was played and injected. */
export function describeRun(options: {
  readonly tallies: ReadonlyMap<string, ScenarioTally>;
  readonly injected: Injections;
  readonly firstSeed: number;
  readonly seconds: number;
  readonly failure: Failure | undefined;
}): string {
  const { tallies, injected, firstSeed, seconds, failure } = options;
  const lines = ['scenario            schedules  steps each  seeds'];
  let schedules = 0;
  for (const [name, { schedules: count, steps }] of tallies) {
    schedules += count;
    const each = count === 0 ? 0 : steps / count;
    const seeds = `${firstSeed}..${firstSeed + count - 1}`;
    lines.push(`${name.padEnd(18)} ${pad(count)}  ${pad(Math.round(each))}  ${seeds}`);
  }
  lines.push('', 'injected, and what came of it');
  for (const key of Object.keys(names) as (keyof Injections)[]) {
    lines.push(`${names[key].padEnd(54)} ${pad(injected[key])}`);
  }
  const rate = Math.round(schedules / seconds);
  lines.push(
    '',
    `${schedules} schedules in ${seconds.toFixed(1)} s, ${rate} per second, ` +
      `${failure === undefined ? 'no fault' : '1 failing'}`,
  );
  return lines.join('\n');
}

/** A failing schedule as somebody can repeat it. */
export function describeFailure(failure: Failure, small: SmallFailure, scenario: Scenario): string {
  const { seed } = failure.options;
  const options = differenceOf(small.options, scenario);
  const regression = { scenario: scenario.name, options, draws: small.draws };
  return [
    `FAILED ${failure.scenario}, seed ${seed}`,
    ...failure.faults.map((fault) => `  ${fault}`),
    '',
    `repeat: npm run simulate -- --scenario ${failure.scenario} --seed ${seed} --schedules 1`,
    '',
    'smallest schedule found:',
    ...small.trace.map((line) => `  ${line}`),
    '',
    'as a regression test (test/simulation/regressions.test.ts):',
    `  ${write(regression)}`,
  ].join('\n');
}

function differenceOf(options: SimulationOptions, scenario: Scenario): Record<string, unknown> {
  const all = Object.entries(options).filter(([name]) => name !== 'seed');
  const ordinary = scenario.options as unknown as Record<string, unknown>;
  return Object.fromEntries(all.filter(([name, value]) => write(ordinary[name]) !== write(value)));
}

function write(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const fields = Object.entries(value).map(([name, field]) => `${name}: ${write(field)}`);
  return `{ ${fields.join(', ')} }`;
}

function pad(value: number): string {
  return String(value).padStart(10);
}
