import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const room = join(import.meta.dirname, '..');

test('behavior: the example of the README runs as it stands', () => {
  const readme = readFileSync(join(room, 'README.md'), 'utf8');
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readme) ?? [];
  // Inside the package, so that it can import itself by name.
  const folder = join(room, 'reports');
  const file = join(folder, `readme-${process.pid}.ts`);
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(file, example);
    const { stdout, stderr } = spawnSync(process.execPath, ['--conditions=@snetkit/source', file], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    expect({ stdout, stderr }).toEqual({ stdout: '11\n/demo.Calculator/price\n', stderr: '' });
  } finally {
    rmSync(file, { force: true });
  }
});
