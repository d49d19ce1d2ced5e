// What concerns no single room: the files at the root are formatted, and every changeset can be read.
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
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
// A formatter takes their head for Markdown, and `changeset version` then finds none.
const head = /^---\n(?:["']@snetkit\/[a-z-]+["']: (?:major|minor|patch)\n)+---\n/;
const folder = join(root, '.changeset');
const broken = readdirSync(folder).filter(
  (name) => name.endsWith('.md') && !head.test(readFileSync(join(folder, name), 'utf8')),
);
for (const name of broken) process.stderr.write(`.changeset/${name}: its head names no package\n`);
process.exitCode = broken.length > 0 ? 1 : (status ?? 1);
