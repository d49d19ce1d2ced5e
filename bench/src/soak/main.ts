// `npm run soak -- [--minutes N] [--json FILE] [--clients N] [--snetd PROGRAM]`: a long run of mixed load, with what the
// daemon holds, and whether everybody paid what they got. See ../../README.md.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatSample, formatSoak, isSoakWell } from './format-soak.ts';
import { runSoak } from './run-soak.ts';
import { startSoakNetwork } from './soak-network.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    clients: { type: 'string', default: '64' },
    json: { type: 'string' },
    snetd: { type: 'string' },
  },
});
const minutes = readNumber('minutes', values.minutes);
const clients = Math.ceil(readNumber('clients', values.clients));
const canPin = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
const daemonPackage = createRequire(import.meta.url).resolve('@snetkit/daemon/package.json');

const network = await startSoakNetwork({
  daemonCommand:
    values.snetd === undefined
      ? [process.execPath, join(dirname(daemonPackage), 'bin/snetd.js')]
      : [resolve(values.snetd)],
  clients,
  pin: (core) => (canPin ? ['taskset', '-c', String(core)] : []),
  onProgress: (step) => process.stderr.write(`  starting: ${step}\n`),
});
try {
  const minute = 60_000;
  const report = await runSoak(network, {
    ms: minutes * minute,
    sampleMs: Math.min(minute, (minutes * minute) / 15),
    reloadMs: Math.min(minute / 2, (minutes * minute) / 8),
    thinkMs: 150,
    onSample: (name, sample) => process.stdout.write(`${formatSample(name, sample)}\n`),
  });
  process.stdout.write(formatSoak(report));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  process.exitCode = isSoakWell(report) ? 0 : 1;
} finally {
  await network.stop();
}

function readNumber(name: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  process.stderr.write(`--${name}: expected a positive number, found ${text}\n`);
  process.exit(2);
}
