import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withFileLock } from '@snetkit/process-lock';
import { buildExecutable } from '../../src/executable/build-executable.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const kept = join(root, 'deploy/dist/executables');

/** What goes into an executable. */
const sources = [
  'packages/{core,contracts,daemon,devnet,launch,metadata,native-crypto,process-lock,protos}/{src,package.json}',
  'deploy/src/**/*.ts',
  'pnpm-lock.yaml',
];

/** The executable of this source tree: built by the first test that asks, kept for the others. */
export async function getExecutable(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  const patterns = sources.map((one) =>
    one.replace('{src,package.json}', '{src/**/*.ts,package.json}'),
  );
  for (const file of globSync(patterns, { cwd: root }).toSorted()) {
    if (file.includes('.test.')) continue;
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  }
  const name = hash.digest('hex').slice(0, 16);
  const path = join(kept, name, 'snetd');
  await withFileLock(join(kept, 'lock'), { timeoutMs: 240_000 }, async () => {
    if (existsSync(path)) return utimes(path, new Date(), new Date());
    for (const other of await readdir(kept)) {
      if (/^[0-9a-f]{16}$/.test(other)) await rm(join(kept, other), { recursive: true });
    }
    await buildExecutable({ output: path });
  });
  return path;
}
