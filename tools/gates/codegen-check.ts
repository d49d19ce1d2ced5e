// Regenerating must not change a byte of what is committed: `src/gen`, or the folder that is named.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const projectRoot = process.argv[2] ?? '';
const folder = process.argv[3] ?? 'src/gen';
const generated = join(root, projectRoot, folder);
const before = mkdtempSync(join(tmpdir(), 'snetkit-gen-'));
try {
  if (existsSync(generated)) cpSync(generated, before, { recursive: true });
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=@snetkit/source', 'codegen.ts'],
    { cwd: join(root, projectRoot), encoding: 'utf8' },
  );
  const changed = status === 0 ? compare(before, generated) : [];
  restore();
  if (status !== 0) fail(`codegen.ts failed\n${stdout}${stderr}`);
  if (changed.length > 0) {
    fail(
      `Generated files are stale:\n${changed.map((file) => `  ${projectRoot}/${folder}/${file}`).join('\n')}\nFix: npm run codegen`,
    );
  }
} finally {
  rmSync(before, { recursive: true, force: true });
}

/** The gate looks; it changes nothing. */
function restore(): void {
  rmSync(generated, { recursive: true, force: true });
  cpSync(before, generated, { recursive: true });
}

function compare(left: string, right: string): string[] {
  const names = new Set([...list(left), ...list(right)]);
  return [...names].filter((name) => {
    const [a, b] = [join(left, name), join(right, name)];
    return !existsSync(a) || !existsSync(b) || !readFileSync(a).equals(readFileSync(b));
  });
}

function list(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(directory, name)).isFile(),
  );
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
