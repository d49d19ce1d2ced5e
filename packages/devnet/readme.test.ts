import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('behavior: the example of the README works when pasted', async () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const command = [process.execPath, join(import.meta.dirname, 'test/stand-in-daemon.ts')];
  // The daemon is a program that this package does not have; what takes its place is run the same way.
  const code = (/```ts\n(.*?)```/s.exec(readme)?.[1] ?? '').replace(
    "[resolve('node_modules/.bin/snetd')]",
    JSON.stringify(command),
  );
  expect(code).toContain('stand-in-daemon.ts');
  const options = { cwd: import.meta.dirname, timeout: 30_000 };
  const args = ['--conditions=@snetkit/source', '--input-type=module-typescript', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toContain('publish started ');
  expect(lines.at(-2)).toMatch(/^http:\/\/127\.0\.0\.1:\d+ 0x\w{40} http:\/\/127\.0\.0\.1:\d+$/);
  expect(lines.at(-1)).toBe('local text 0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC');
});
