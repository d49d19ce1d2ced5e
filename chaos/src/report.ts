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
export function printReport(report: { seed: string; stores: readonly Total[] }): void {
  const { seed, stores } = report;
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
  for (const { violations } of stores) lines.push(...violations);
  process.stdout.write(`${lines.join('\n')}\n`);
}

function row(name: string, cells: readonly string[]): string {
  return `${name.padEnd(42)}${cells.map((cell) => cell.padStart(12)).join('')}`;
}
