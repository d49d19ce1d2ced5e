// `npm run bench -- [--json FILE] [--rounds N]`: what the daemon costs, as ratios within one run.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { startBenchNetwork } from './bench-network.ts';
import { gatewayRatios } from './ratios.ts';
import { printReport } from './report.ts';
import { runRows } from './row.ts';
import { gatewayRows } from './rows/gateway-rows.ts';

const { values } = parseArgs({
  options: { json: { type: 'string' }, rounds: { type: 'string', default: '3' } },
});
const progress = (text: string) => process.stderr.write(`  ${text}\n`);
const daemonPackage = createRequire(import.meta.url).resolve('@snetkit/daemon/package.json');
const snetd = join(dirname(daemonPackage), 'bin/snetd.js');
const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;

const network = await startBenchNetwork({
  daemonCommand: [process.execPath, snetd],
  pin: (core) => (canPin ? ['taskset', '-c', String(core)] : []),
  onProgress: (step) => progress(`starting: ${step}`),
});
try {
  progress('opening 66 channels');
  const rounds = Number(values.rounds);
  const rows = await gatewayRows(network, rounds + 1);
  const results = await runRows(rows, rounds, (name, round) =>
    progress(round === 0 ? `warming up: ${name}` : `round ${round}: ${name}`),
  );
  const report = {
    pinned: canPin,
    rounds,
    rows: results,
    ratios: gatewayRatios(results),
  };
  printReport(report);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await network.stop();
}
