import type { HammerReport } from './run/run-hammers.ts';
import type { Total } from './run/total.ts';

const columns: readonly [string, (total: Total) => number][] = [
  ['runs', ({ runs }) => runs],
  ['kills of daemons', ({ kills }) => kills],
  ['kills of etcd members', ({ storeKills }) => storeKills],
  ['calls', ({ calls }) => calls],
  ['delivered', ({ delivered }) => delivered],
  ['handed to a client that had just left', ({ handed }) => handed],
  ['charged', ({ charged }) => charged],
  ['refused', ({ refused }) => refused],
  ['honoured on retry after a crash', ({ honoured }) => honoured],
  ['CHARGED BUT NOT SERVED (must be 0)', ({ chargedNotServed }) => chargedNotServed],
  ['SERVED BUT NOT CHARGED (must be 0)', ({ servedNotCharged }) => servedNotCharged],
  ['CHANNELS UNUSABLE AFTERWARDS (must be 0)', ({ unusable }) => unusable],
  ['other violations (must be 0)', ({ violations }) => violations.length],
];

/** Prints the table, and which faults struck how often. */
export function printReport(report: {
  seed: string;
  stores: readonly Total[];
  hammers: readonly HammerReport[];
}): void {
  const { seed, stores, hammers } = report;
  const lines = [
    `seed ${seed}`,
    row(
      '',
      stores.map(({ store }) => store),
    ),
  ];
  for (const [name, of] of columns)
    lines.push(
      row(
        name,
        stores.map((total) => String(of(total))),
      ),
    );
  for (const { store, faults } of stores) {
    lines.push('', `faults on ${store}:`);
    for (const [name, times] of Object.entries(faults)) lines.push(`  ${name}: ${times}`);
  }
  for (const one of hammers) {
    lines.push(
      '',
      `${one.channels} channels through two replicas on ${one.store}, ${one.kills} kills: ` +
        `${one.delivered} delivered, ${one.charged} charged, ${one.honoured} honoured; differences ` +
        `${one.chargedNotServed.length}, ${one.servedNotCharged.length}, ${one.unusable}; slowest channel ` +
        `from its next call to success, for each kill (must be at most 1000 ms): ${one.recoveryMs.join(', ')} ms`,
      ...one.violations,
    );
  }
  for (const { violations } of stores) lines.push(...violations);
  process.stdout.write(`${lines.join('\n')}\n`);
}

function row(name: string, cells: readonly string[]): string {
  return `${name.padEnd(42)}${cells.map((cell) => cell.padStart(12)).join('')}`;
}
