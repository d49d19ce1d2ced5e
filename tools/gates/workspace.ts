// What concerns no single room: the files at the root are formatted, and a fresh clone could install.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const places = [
  'tools/run.mjs',
  'tools/system-packages.mjs',
  'tools/gates',
  'vitest.config.ts',
  'biome.json',
  'nx.json',
  'package.json',
];
const { status, stdout, stderr } = spawnSync('biome', ['check', ...places], {
  cwd: root,
  encoding: 'utf8',
});
process.stderr.write(`${stdout}${stderr}`);
process.exitCode = status ?? 1;
