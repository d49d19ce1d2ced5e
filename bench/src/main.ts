// `npm run bench -- [--json FILE] [--rounds N] [--only TEXT] [--profile DIR] [--executable FILE]`: what the daemon costs, as
// ratios within one run. See ../README.md.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startBenchNetwork } from './network/bench-network.ts';
import { ratiosOf } from './ratios.ts';
import { formatReport } from './report.ts';
import { runRows, warmUpRounds } from './row.ts';
import { allRows } from './rows/all-rows.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    profile: { type: 'string' },
    executable: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write(`--rounds: expected a whole number from 1, found ${values.rounds}\n`);
  process.exit(2);
}
const progress = (text: string) => process.stderr.write(`  ${text}\n`);
const daemonPackage = createRequire(import.meta.url).resolve('@snetkit/daemon/package.json');
const inDaemon = (path: string) => join(dirname(daemonPackage), path);
const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
const profile =
  values.profile === undefined
    ? []
    : ['--cpu-prof', `--cpu-prof-dir=${resolve(values.profile)}`, '--cpu-prof-interval=200'];

const network = await startBenchNetwork({
  daemonCommand: [process.execPath, ...profile, inDaemon('bin/snetd.js')],
  rateCommand: [process.execPath, inDaemon('test/store/etcd/etcd-rate.ts')],
  pin: (core) => (canPin ? ['taskset', '-c', String(core)] : []),
  executable: values.executable,
  onProgress: (step) => progress(`starting: ${step}`),
});
try {
  progress('opening channels, buying tokens');
  const rows = (await allRows(network, rounds + warmUpRounds)).filter(({ name }) =>
    name.includes(values.only),
  );
  const results = await runRows(rows, rounds, (name, round) =>
    progress(round < 1 ? `warming up: ${name}` : `round ${round}: ${name}`),
  );
  const report = { pinned: canPin, rounds, rows: results, ratios: ratiosOf(results) };
  process.stdout.write(formatReport(report));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await network.stop();
}
