import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test.each([
  ['first', '', /^Qm\w{44} \[ 'hello.proto' \]\n$/],
  [
    'second',
    '## Writing documents',
    /^\{ daemonStarts: true, callsWork: true, officialCliAccepts: true \}\n[0-9]+\n$/,
  ],
])('behavior: the %s example of the README works when pasted', async (_, heading, expected) => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const rest = readme.slice(readme.indexOf(heading));
  const code = /```ts\n(.*?)```/s.exec(rest)?.[1] ?? '';
  const options = { cwd: import.meta.dirname, timeout: 30_000 };
  const args = ['--conditions=@snetkit/source', '--input-type=module-typescript', '--eval', code];
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  expect(stdout).toMatch(expected);
});
