// `npm run chaos -- --runs N [--json FILE] [--store sqlite|etcd|both] [--seed S]`: real processes, real faults,
// and the three differences that must be 0.
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printReport } from './report.ts';
import { runHammers } from './run/run-hammers.ts';
import { runStore } from './run/run-store.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '50' },
    json: { type: 'string' },
    store: { type: 'string', default: 'both' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    from: { type: 'string', default: '0' },
    source: { type: 'boolean', default: false },
    history: { type: 'string', default: join(tmpdir(), `snetkit-chaos-${process.pid}`) },
  },
});
const { store, seed, source: fromSource, history: historyDirectory } = values;
if (!['sqlite', 'etcd', 'both'].includes(store)) {
  process.stderr.write(`--store: sqlite, etcd or both, not ${store}\n`);
  process.exit(2);
}
const kinds = store === 'both' ? (['sqlite', 'etcd'] as const) : [store as 'sqlite' | 'etcd'];
// So that what must be undone at the end is undone then, too; processes die with this one anyway.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
process.stderr.write(`  seed ${seed}\n`);
const progress = (text: string) => process.stderr.write(`  ${text}\n`);
const runs = Number(values.runs);
const first = Number(values.from);
const results = await Promise.all(
  kinds.map((kind) =>
    runStore({ kind, runs, first, seed, fromSource, historyDirectory, onProgress: progress }),
  ),
);
const hammers =
  store === 'sqlite' ? [] : await runHammers({ seed, fromSource, onProgress: progress });
const report = { seed, runs, stores: results.map(({ total }) => total), hammers };
printReport(report);
if (values.json !== undefined) {
  const all = { ...report, results: results.map(({ results: each }) => each) };
  writeFileSync(values.json, `${JSON.stringify(all, null, 2)}\n`);
}
const isGood = [...report.stores, ...hammers].every((part) => part.isGood);
process.exitCode = isGood ? 0 : 1;
