import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCorpus } from './corpus.ts';
import { allTargets } from './targets/all-targets.ts';

// Half a minute for each target, two at once: the same program as `npm run fuzz`, in a process of its own.

const names = Object.keys(allTargets);
const minutes = '0.5';
// Always the same: who changes a parser hears of it, and nobody else. The long runs take others.
const seed = 1;
const directory = mkdtempSync(join(tmpdir(), 'snetd-fuzz-'));
const report = join(directory, 'report.json');
let printed = '';
let rows: { target: string; executions: number; finding: string | null }[] = [];

beforeAll(async () => {
  const program = join(import.meta.dirname, 'main.ts');
  const args = ['--minutes', minutes, '--seed', `${seed}`, '--json', report];
  const child = spawn(process.execPath, ['--conditions=@snetkit/source', program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.on('data', (chunk) => {
    printed += chunk;
    process.stdout.write(chunk);
  });
  await new Promise((resolve) => child.once('close', resolve));
  rows = JSON.parse(readFileSync(report, 'utf8'));
}, 600_000);

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each(names)('default: %s refuses what it cannot read', (name) => {
  const row = rows.find(({ target }) => target === name);
  expect(row?.finding ?? null, printed).toBeNull();
  // All that is kept ran at least, each past crash among it.
  const kept = readCorpus('corpus', name).length + readCorpus('crashes', name).length;
  expect(row?.executions).toBeGreaterThan(kept);
});
