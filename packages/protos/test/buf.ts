import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const room = join(import.meta.dirname, '..');
const buf = join(room, 'node_modules/.bin/buf');

/** What buf made of some sources. */
export type BufResult =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly message: string };

/** Compiles sources with buf, the reference in these tests; `beside` lists files of ours that they import. */
export function buildWithBuf(
  files: ReadonlyMap<string, string>,
  beside: readonly string[] = [],
): BufResult {
  const directory = mkdtempSync(join(tmpdir(), 'protos-buf-'));
  try {
    writeFileSync(join(directory, 'buf.yaml'), 'version: v2\nmodules:\n  - path: proto\n');
    for (const [path, text] of files) {
      const target = join(directory, 'proto', path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
    for (const path of beside) {
      cpSync(join(room, 'proto', path), join(directory, 'proto', path));
    }
    const { status, stdout, stderr } = spawnSync(
      buf,
      ['build', '-o', '-', '--as-file-descriptor-set', '--exclude-source-info'],
      { cwd: directory, maxBuffer: 64 * 1024 * 1024, timeout: 60_000 },
    );
    return status === 0
      ? { ok: true, bytes: stdout }
      : { ok: false, message: `${stdout}${stderr}`.trim() };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
