// The packed tarball, as a stranger would get it: publint and are-the-types-wrong.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const projectRoot = process.argv[2] ?? '';
// Left by tools/run.mjs.
const { pnpm } = JSON.parse(readFileSync(join(root, 'node_modules/.install-stamp.json'), 'utf8'));
const directory = mkdtempSync(join(tmpdir(), 'snetkit-pack-'));
try {
  const cwd = join(root, projectRoot);
  if (run(pnpm, ['pack', '--pack-destination', directory], cwd)) {
    const tarball = join(
      directory,
      readdirSync(directory).find((file) => file.endsWith('.tgz')) ?? '',
    );
    run('publint', ['run', tarball, '--strict'], root);
    run('attw', [tarball, '--profile', 'esm-only'], root);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

function run(program: string, args: readonly string[], cwd: string): boolean {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status === 0) return true;
  process.stderr.write(`${program} ${args.join(' ')}\n${stdout}${stderr}`);
  process.exitCode = 1;
  return false;
}
