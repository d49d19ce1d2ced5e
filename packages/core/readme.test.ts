import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('behavior: the example of the README works when pasted', async () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const code = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  const options = { cwd: import.meta.dirname, timeout: 30_000 };
  const args = ['--conditions=@snetkit/source', '--input-type=module-typescript', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  expect(stdout).toBe('true\n');
});
